import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { contentHash } from '../../synth/content-hash';
import type { ConfigMapWorkspace } from '../../tekton/pipeline-run';
import { contractOf } from './contract';
import type { Family } from './item';
import type { Contracts } from './language-contract';

/**
 * What is tried of a family of images and of no other, as a ConfigMap whose name is the address of its content. The task does not name it,
 * its runs do: what is tried of another language is nothing to them.
 */
export class FamilyFiles extends Construct {
  /** That of a family; its first image brings it into the scope. */
  static of(scope: Construct, family: Family, contracts: Contracts): FamilyFiles {
    const id = ['contract', family.kind, ...Object.keys(family.language ?? {})].join('-');
    return (scope.node.tryFindChild(id) as FamilyFiles | undefined) ?? new FamilyFiles(scope, id, family, contracts);
  }

  /** What serves the workspace `family` of the task. */
  readonly workspace: ConfigMapWorkspace;

  private constructor(scope: Construct, id: string, family: Family, contracts: Contracts) {
    super(scope, id);
    const { files } = contractOf(family, contracts);
    const { name } = new ApiObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: `${id}-${contentHash(files).slice(0, 16)}` },
      immutable: true,
      data: files,
    });
    this.workspace = { configMap: name };
  }
}
