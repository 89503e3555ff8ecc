import type { IBuilder } from '../buildpacks/builder/builder';
import { isWeb, type Parts, shortId } from './descriptor';
import { canBeWithoutParts, detectionProblems } from './detection';

/**
 * What the declaration of a platform image gets wrong that its types cannot see.
 *
 * @returns a line a problem
 */
export function imageProblems(name: string, parts: Parts, builder: IBuilder): string[] {
  return [
    ...nameProblems('its name', name),
    ...(name.startsWith('toolforge-')
      ? [`its name is '${name}', and its repository would be toolforge-${name}; expected is the legacy name without toolforge-`]
      : []),
    ...partsProblems(parts, builder, false),
    ...(Object.keys(parts).length === 0 ? ['it has no parts; name at least one in `parts`'] : []),
    ...(isWeb(parts) && name.endsWith('-base') ? ["its name ends in -base, but it has the part 'webservice-runner'"] : []),
    ...(!isWeb(parts) && name.endsWith('-web') ? ["its name ends in -web, but it lacks the part 'webservice-runner'"] : []),
  ];
}

/**
 * What the declaration of a tool's image gets wrong that its types cannot see, beside its source.
 *
 * @param name - what its descriptor calls it
 * @returns a line a problem
 */
export function toolImageProblems(name: string, parts: Parts, builder: IBuilder): string[] {
  return [
    ...partsProblems(parts, builder, true),
    ...(Object.keys(parts).length > 0 || canBeWithoutParts(builder)
      ? []
      : [
          `it has no parts, and no order group of builder ${builder.name} is for sources alone; add one such as [buildpacks.procfile] to ` +
            '`order`, or name `parts`',
        ]),
    ...nameProblems('its name with that of its tool', name),
  ];
}

// As descriptor.jq has it.
function nameProblems(what: string, name: string): string[] {
  if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) return [];
  return [`${what} is '${name}', but expected are lower-case letters and digits with single - between them`];
}

function partsProblems(parts: Parts, builder: IBuilder, hasSource: boolean): string[] {
  const known = builder.buildpacks.map(({ id }) => shortId(id));
  const unknown = Object.keys(parts)
    .filter((part) => !known.includes(part))
    .map((part) => `builder ${builder.name} has no buildpack for the part '${part}'; it has: ${known.join(', ')}`);
  const runtimes = (['python', 'uwsgi'] as const)
    .filter((part) => part in parts && !builder.runtimes.some((runtime) => runtime.name === part))
    .map((part) => `builder ${builder.name} has no runtime for the part '${part}'; add it to \`runtimes\``);
  const python = builder.runtimes.find((runtime) => runtime.name === 'python');
  // As the part-options.jq of python has it; the type lets more through, such as 3.1e1.
  const isVersion = parts.python === undefined || /^3\.[0-9]{1,2}$/.test(parts.python.version);
  const isOther = parts.python && isVersion && python && !python.version.startsWith(`${parts.python.version}.`);
  return [
    ...unknown,
    ...runtimes,
    ...(isVersion
      ? []
      : [`the part 'python' has the version '${parts.python.version}'; expected is a minor version such as 3.11`]),
    ...(isOther ? [`the part 'python' is ${parts.python.version}, builder ${builder.name} has ${python.version}`] : []),
    ...neededParts(parts).map(
      ({ part, needs }) => `the part '${part}' needs the part '${needs}', as its buildpack says; add that to \`parts\``,
    ),
    // What is missing is said above.
    ...(unknown.length > 0 ? [] : detectionProblems(builder, { parts, hasSource })),
  ];
}

/** Which parts are missing for others: the same as in the part-options.jq of their buildpacks. */
function neededParts(parts: Parts): { readonly part: string; readonly needs: string }[] {
  const needs: readonly (readonly [part: keyof Parts, needs: keyof Parts, isNeeded: boolean])[] = [
    ['uwsgi', 'python', 'uwsgi' in parts],
    ['webservice-python-bootstrap', 'python', 'webservice-python-bootstrap' in parts],
    ['webservice-runner', 'uwsgi', parts['webservice-runner']?.type === 'python'],
  ];
  return needs.flatMap(([part, needed, isNeeded]) => (isNeeded && !(needed in parts) ? [{ part, needs: needed }] : []));
}
