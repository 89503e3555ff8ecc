import type { Settings } from '../lib/settings/settings';
import { unusable } from '../lib/settings/settings-error';
import { suggestion } from '../lib/synth/suggestion';

/** The family whose image serves the demo's tools. */
export const DEMO_FAMILY = 'python311';

/** Of a family what decides whether an environment has it. */
export interface KnownFamily<Name extends string> {
  readonly name: Name;
  /** The registry that its builds read beside mirrors of Debian. */
  readonly reads: 'npm' | undefined;
}

/**
 * The families that an environment declares: all, but for those that read a registry which it does not name, or those that its settings name.
 *
 * @param known - all families
 * @returns names, in the order of `known`
 * @throws SettingsError for a name that no family has, and when the demo's family is left out
 */
export function chosenFamilies<Name extends string>(
  environment: string,
  { families, toolforge, mirror }: Pick<Settings, 'families' | 'toolforge' | 'mirror'>,
  known: readonly KnownFamily<Name>[],
): readonly Name[] {
  const inOrder = known.map(({ name }) => name);
  const names: readonly string[] = inOrder;
  if (families.includes('all'))
    return known.filter(({ reads }) => reads === undefined || mirror[reads] !== undefined).map(({ name }) => name);
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
  return inOrder.filter((each) => families.includes(each));
}
