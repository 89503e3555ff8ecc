import type { Construct } from 'constructs';
import { Registry } from '../lib/registry/registry';
import type { Settings } from '../lib/settings/settings';
import { EnvironmentChart } from '../lib/synth/chart';
import { ImageConfig } from '../lib/toolforge/image-config';
import { ledger } from './ledger';
import { imageCatalogue } from './legacy/image-types';

/**
 * What `webservice` and `toolforge jobs` call images, where there are these commands: in Toolforge. Another component has the object there, so
 * that `up` takes it over only when somebody has said so on the object.
 */
export class ImageConfigChart extends EnvironmentChart {
  constructor(scope: Construct, { registry: settings }: Settings) {
    super(scope, 'image-config');
    const registry = new Registry(settings);
    const catalogue = imageCatalogue(ledger, (name) => registry.repository(`toolforge-${name}`).tagged('latest'));
    new ImageConfig(this, 'image-config', { catalogue });
  }
}
