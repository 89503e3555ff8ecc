import type { IBuilder } from '../buildpacks/builder/builder';
import { isPart, isWeb, type Parts } from './descriptor';
import { shortId } from './image-address';

/**
 * What the declaration of a platform image gets wrong that its types cannot see.
 *
 * @returns a line a problem
 */
export function imageProblems(name: string, parts: Parts, builder: IBuilder): string[] {
  return [
    ...partsProblems(parts, builder),
    ...(Object.keys(parts).length === 0 ? ['it has no parts; name at least one in `parts`'] : []),
    ...(isWeb(parts) && !parts.python ? ["the contract knows no web image without the part 'python'"] : []),
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
  const hasParts = Object.keys(parts).length > 0;
  const looksAtSources = builder.buildpacks.map(({ id }) => shortId(id)).some((id) => !isPart(id) && id !== 'platform-image');
  return [
    ...partsProblems(parts, builder),
    ...(hasParts || looksAtSources
      ? []
      : [
          `it has no parts, and builder ${builder.name} has no buildpack that looks at sources; add one to \`order\`, or name \`parts\``,
        ]),
    // As descriptor.jq has it.
    ...(/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)
      ? []
      : [
          `its name with that of its tool is '${name}', but expected are lower-case letters and digits with single - between them`,
        ]),
  ];
}

function partsProblems(parts: Parts, builder: IBuilder): string[] {
  const known = builder.buildpacks.map(({ id }) => shortId(id));
  const unknown = Object.keys(parts)
    .filter((part) => !known.includes(part))
    .map((part) => `builder ${builder.name} has no buildpack for the part '${part}'; it has: ${known.join(', ')}`);
  const runtimes = (['python', 'uwsgi'] as const)
    .filter((part) => part in parts && !builder.runtimes.some((runtime) => runtime.name === part))
    .map((part) => `builder ${builder.name} has no runtime for the part '${part}'; add it to \`runtimes\``);
  const python = builder.runtimes.find((runtime) => runtime.name === 'python');
  const isOther = parts.python && python && !python.version.startsWith(`${parts.python.version}.`);
  return [
    ...unknown,
    ...runtimes,
    ...(isOther ? [`the part 'python' is ${parts.python.version}, builder ${builder.name} has ${python.version}`] : []),
  ];
}
