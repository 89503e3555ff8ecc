import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';

/** A file of dist/: objects whose names carry no hashes. */
export class EnvironmentChart extends Chart {
  constructor(scope: Construct, id: string, { namespace }: { readonly namespace?: string } = {}) {
    super(scope, id, { disableResourceNameHashes: true, ...(namespace !== undefined && { namespace }) });
  }
}
