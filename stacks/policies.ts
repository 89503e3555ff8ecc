import { environmentPolicies } from '../lib/policy/environment-policies';
import type { PolicySet } from '../lib/policy/policy-set';
import type { Settings } from '../lib/settings/settings';

/** What all objects of an environment are held to. */
export function policiesOf({ registry, toolbox, lifecycle }: Settings): PolicySet {
  return environmentPolicies({
    images: { registries: [registry.host], exactly: [toolbox, lifecycle] },
    credentials: PULLING_AND_PUSHING,
  });
}

const imageTask = (...reading: string[]) => ['look-up', ...reading, 'push'];

/** The steps that ask, read or write the registry, by their tasks. No other step may hold a credential. */
const PULLING_AND_PUSHING = {
  'base-image': imageTask(),
  'stack-image': imageTask('prepare'),
  'python-runtime-image': imageTask('fetch'),
  'uwsgi-runtime-image': imageTask('fetch'),
  'archive-runtime-image': imageTask('fetch'),
  'debian-packages-runtime-image': imageTask('fetch'),
  'builder-image': imageTask('fetch'),
  'platform-image-phases': ['look-up', 'analyze', 'restore', 'export', 'finish'],
  'tool-image-phases': ['look-up', 'analyze', 'restore', 'export', 'finish'],
  publication: ['publish'],
  contract: ['look-up', 'attest'],
  promotion: ['promote'],
} as const;
