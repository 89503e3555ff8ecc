import type { Construct } from 'constructs';
import type { PlatformImage } from '../lib/images/platform-image';
import { Registry } from '../lib/registry/registry';
import type { Settings } from '../lib/settings/settings';
import { EnvironmentChart } from '../lib/synth/chart';
import { ImageConfig } from '../lib/toolforge/image-config';
import { ledger } from './ledger';
import { newTypes } from './new-types';
import { imageCatalogue } from './legacy/image-types';

/**
 * What `webservice` and `toolforge jobs` call images, where there are these commands: in Toolforge. Another component has the object there, so
 * that `up` takes it over only when somebody has said so on the object.
 */
export class ImageConfigChart extends EnvironmentChart {
  /** @param declared - the images of the environment; those that are no successors have names of their own */
  constructor(scope: Construct, { registry: settings }: Settings, declared: readonly PlatformImage[]) {
    super(scope, 'image-config');
    const registry = new Registry(settings);
    const reference = (name: string): string => registry.repository(`toolforge-${name}`).tagged('latest');
    const known = imageCatalogue(ledger, reference);
    const added = newTypes(declared, reference);
    const taken = Object.keys(added).filter((type) => Object.hasOwn(known, type));
    this.node.addValidation({
      validate: () =>
        taken.map(
          (type) => `${this.node.path}: the family '${type}' has the name of a legacy type; give the family another name`,
        ),
    });
    new ImageConfig(this, 'image-config', { catalogue: { ...known, ...added } });
  }
}
