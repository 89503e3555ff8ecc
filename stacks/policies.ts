import type { AnyLanguage } from '../languages/language';
import { recipesOf } from '../languages/languages';
import { environmentPolicies } from '../lib/policy/environment-policies';
import type { PolicySet } from '../lib/policy/policy-set';
import { Registry } from '../lib/registry/registry';
import { TOOL_VOLUMES } from '../lib/toolforge/pod-storage';
import type { Settings } from '../lib/settings/settings';

/** What all objects of an environment are held to. */
export function policiesOf({ registry, toolbox, lifecycle }: Settings, languages: readonly AnyLanguage[]): PolicySet {
  return environmentPolicies({
    images: {
      registries: [registry.host],
      addressed: new Registry(registry).repository('platform').reference,
      exactly: [toolbox, lifecycle],
    },
    trusted: [toolbox],
    credentials: { ...PULLING_AND_PUSHING, ...runtimesOf(languages) },
    hostPaths: TOOL_VOLUMES,
  });
}

/** A task in which something runs that is built: what has the Secret comes before it, what has its copy after it. */
const building = (before: string, after: string) => [before, after];

/** Each recipe has a pipeline of its own. */
function runtimesOf(languages: readonly AnyLanguage[]) {
  return Object.fromEntries(recipesOf(languages).map(({ name }) => [`${name}-runtime-image`, building('pull', 'push')]));
}

/** The steps that ask, read or write the registry, by their tasks. No other step may hold a credential. */
const PULLING_AND_PUSHING = {
  'look-up': ['look-up'],
  digest: ['digest'],
  'base-image': building('pull', 'push'),
  'stack-image': building('pull', 'push'),
  'builder-image': building('pull', 'push'),
  'platform-image-build': building('analyze', 'export'),
  'platform-image-rebase': ['rebase'],
  'tool-image-build': building('analyze', 'export'),
  'tool-image-rebase': ['rebase'],
  'rebase-followed': ['rebase'],
  contract: ['look-up', 'attest'],
  promotion: ['promote'],
  publication: ['publish'],
} as const;
