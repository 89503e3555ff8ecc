import { environmentPolicies } from '../lib/policy/environment-policies';
import type { PolicySet } from '../lib/policy/policy-set';
import { Registry } from '../lib/registry/registry';
import { TOOL_VOLUMES } from '../lib/toolforge/pod-storage';
import type { Settings } from '../lib/settings/settings';

/** What all objects of an environment are held to. */
export function policiesOf({ registry, toolbox, lifecycle }: Settings): PolicySet {
  return environmentPolicies({
    images: {
      registries: [registry.host],
      addressed: new Registry(registry).repository('platform').reference,
      exactly: [toolbox, lifecycle],
    },
    trusted: [toolbox],
    credentials: PULLING_AND_PUSHING,
    hostPaths: TOOL_VOLUMES,
  });
}

/** A task in which something runs that is built: what has the Secret comes before it, what has its copy after it. */
const building = (before: string, after: string) => [before, after];

/** The steps that ask, read or write the registry, by their tasks. No other step may hold a credential. */
const PULLING_AND_PUSHING = {
  'look-up': ['look-up'],
  digest: ['digest'],
  'base-image': building('hand-over', 'push'),
  'stack-image': building('pull', 'push'),
  'python-runtime-image': building('pull', 'push'),
  'uwsgi-runtime-image': building('pull', 'push'),
  'archive-runtime-image': building('pull', 'push'),
  'debian-packages-runtime-image': building('pull', 'push'),
  'builder-image': building('pull', 'push'),
  'platform-image-build': building('analyze', 'export'),
  'platform-image-rebase': ['rebase'],
  'tool-image-build': building('analyze', 'export'),
  'tool-image-rebase': ['rebase'],
  contract: ['look-up', 'attest'],
  promotion: ['promote'],
  publication: ['publish'],
} as const;
