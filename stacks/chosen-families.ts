import type { Settings } from '../lib/settings/settings';
import { unusable } from '../lib/settings/settings-error';
import { suggestion } from '../lib/synth/suggestion';

/** The family whose image serves the demo's tools. */
export const DEMO_FAMILY = 'python311';

/**
 * The families that an environment declares: all, or those that its settings name.
 *
 * @param known - the names of all families
 * @returns names, in the order of `known`
 * @throws SettingsError for a name that no family has, and when the demo's family is left out
 */
export function chosenFamilies<Name extends string>(
  environment: string,
  { families, toolforge }: Pick<Settings, 'families' | 'toolforge'>,
  known: readonly Name[],
): readonly Name[] {
  if (families.includes('all')) return known;
  const names: readonly string[] = known;
  const problems = [
    ...families
      .filter((each) => !names.includes(each))
      .map((each) => `cloud-services-buildpacks:families: found '${each}'; ${suggestion(each, names)}`),
    ...(toolforge.demo && !families.includes(DEMO_FAMILY)
      ? [
          `cloud-services-buildpacks:families: found [${families.join(', ')}], expected ${DEMO_FAMILY} among them: its image serves the demo's ` +
            'tools; add it, or set toolforge.demo: false',
        ]
      : []),
  ];
  if (problems.length > 0) throw unusable(`Pulumi.${environment}.yaml`, problems);
  return known.filter((each) => families.includes(each));
}
