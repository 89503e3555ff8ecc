import { environmentPolicies } from '../lib/policy/environment-policies';
import type { PolicySet } from '../lib/policy/policy-set';
import { TOOL_VOLUMES } from '../lib/toolforge/pod-storage';
import type { Settings } from '../lib/settings/settings';

/** What all objects of an environment are held to. */
export function policiesOf({ registry, toolbox, lifecycle }: Settings): PolicySet {
  return environmentPolicies({
    images: { registries: [registry.host], exactly: [toolbox, lifecycle] },
    credentials: PULLING_AND_PUSHING,
    hostPaths: TOOL_VOLUMES,
  });
}

const imageTask = (...reading: string[]) => ['look-up', ...reading, 'push'];

const IMAGE_PHASES = ['look-up', 'analyze', 'restore', 'export', 'finish'] as const;

/** The steps that ask, read or write the registry, by their tasks. No other step may hold a credential. */
const PULLING_AND_PUSHING = {
  'base-image': imageTask(),
  'stack-image': imageTask('prepare'),
  'python-runtime-image': imageTask('fetch'),
  'uwsgi-runtime-image': imageTask('fetch'),
  'archive-runtime-image': imageTask('fetch'),
  'debian-packages-runtime-image': imageTask('fetch'),
  'builder-image': imageTask('fetch'),
  'platform-image-phases': IMAGE_PHASES,
  'tool-image-phases': IMAGE_PHASES,
  contract: ['look-up', 'attest'],
  promotion: ['promote'],
  publication: ['publish'],
} as const;
