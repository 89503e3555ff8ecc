import type { IBuilder } from '../buildpacks/builder/builder';
import { facadeProblems } from '../buildpacks/builder/fit';
import { type IStack, standsOn } from '../buildpacks/stack/stack';
import { isWeb, laidOf, shortId } from './descriptor';
import { canBeWithoutParts, detectionProblems } from './detection';
import { isMinorOf, type Part } from './part';

/**
 * What the declaration of a platform image gets wrong that its types cannot see.
 *
 * @param stack - of its run image
 * @returns a line a problem
 */
export function imageProblems(name: string, parts: readonly Part[], builder: IBuilder, stack: IStack = builder.stack): string[] {
  return [
    ...nameProblems('its name', name),
    ...(name.startsWith('toolforge-')
      ? [`its name is '${name}', and its repository would be toolforge-${name}; expected is the legacy name without toolforge-`]
      : []),
    ...runImageProblems(stack, builder, laidOf(parts).length > 0),
    ...partsProblems(parts, { builder, stack }, false),
    ...languagesProblems(parts),
    ...(isWeb(parts) && name.endsWith('-base') ? ['its name ends in -base, but it has a part that makes webservices'] : []),
    ...(!isWeb(parts) && name.endsWith('-web') ? ['its name ends in -web, but it has no part that makes webservices'] : []),
  ];
}

/**
 * What the declaration of a tool's image gets wrong that its types cannot see, beside its source.
 *
 * @param name - what its descriptor calls it
 * @param stack - of its run image
 * @returns a line a problem
 */
export function toolImageProblems(
  name: string,
  parts: readonly Part[],
  builder: IBuilder,
  stack: IStack = builder.stack,
): string[] {
  return [
    ...runImageProblems(stack, builder, true),
    ...partsProblems(parts, { builder, stack }, true),
    ...(laidOf(parts).length > 0 || canBeWithoutParts(builder)
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

/** Whether what is built in the build image of one stack can stand on the run image of another; where nothing is laid, nothing links to it. */
function runImageProblems(stack: IStack, builder: IBuilder, isLaid: boolean): string[] {
  const { name, stack: built } = builder;
  if (stack === built) return [];
  const said = `its stack is ${stack.name} (${stack.node.path})`;
  if (stack.suite !== built.suite)
    return [`${said} of ${stack.suite}, but builder ${name} is for ${built.suite}; name a builder of ${stack.suite}`];
  return [
    ...(!isLaid || standsOn(stack, built)
      ? []
      : [
          `${said}, which does not stand on ${built.name} (${built.node.path}), the stack of builder ${name}: layers may link to ` +
            `libraries that are not there; have it extend ${built.name}, or name a builder of a stack below it`,
        ]),
    ...(stack.user === built.user
      ? []
      : [
          `${said} with the user ${stack.user}, but ${built.name}, the stack of builder ${name}, has ${built.user}; give both one user`,
        ]),
    ...builder.runtimes.flatMap((runtime) => facadeProblems(runtime, stack)),
  ];
}

function partsProblems(
  parts: readonly Part[],
  { builder, stack }: { readonly builder: IBuilder; readonly stack: IStack },
  hasSource: boolean,
): string[] {
  const unknown = laidOf(parts).flatMap((part) => layingProblems(part, builder));
  return [
    ...doubled(parts),
    ...unknown,
    ...parts.flatMap((part) => [
      ...part.problems,
      ...runtimeProblems(part, builder),
      ...packageProblems(part, stack),
      ...part.needs
        .filter((needed) => !parts.some(({ name }) => name === needed))
        .map((needed) => `the part '${part.name}' needs the part '${needed}'; add that to \`parts\``),
    ]),
    // What is missing is said above.
    ...(unknown.length > 0 ? [] : detectionProblems(builder, { parts, hasSource })),
  ];
}

function doubled(parts: readonly Part[]): string[] {
  const names = parts.map(({ name }) => name);
  return [...new Set(names.filter((name, i) => names.indexOf(name) !== i))].map(
    (name) => `the part '${name}' is named twice; remove one`,
  );
}

/** An attestation says one language, so that of a second nothing would be tried. A part that is named twice is said above. */
function languagesProblems(parts: readonly Part[]): string[] {
  const names = [...new Set(parts.filter(({ makes }) => makes === 'language').map(({ name }) => name))];
  if (names.length < 2) return [];
  return [`it has the languages ${names.join(' and ')}, and the contract tries one; make an image of each`];
}

function layingProblems({ name, buildpack }: Part, builder: IBuilder): string[] {
  const there = builder.buildpacks.find(({ id }) => id === buildpack?.id);
  if (there === undefined) {
    const known = builder.buildpacks.map(({ id }) => shortId(id)).join(', ');
    return [`builder ${builder.name} has no buildpack for the part '${name}'; it has: ${known}`];
  }
  if (there.hash === buildpack?.hash) return [];
  return [
    `the part '${name}' is laid by another ${there.id} than builder ${builder.name} has; name the part that its builder has`,
  ];
}

function runtimeProblems({ name, runtimes, options }: Part, builder: IBuilder): string[] {
  if (runtimes === undefined) return [];
  const there = builder.runtimes.find((runtime) => runtime.name === name);
  if (there === undefined) return [`builder ${builder.name} has no runtime for the part '${name}'; add it to \`runtimes\``];
  const wanted = options['version'];
  if (wanted === undefined || isMinorOf(wanted, there.version)) return [];
  return [`the part '${name}' is ${wanted}, builder ${builder.name} has ${there.version}`];
}

/** Of what somebody else has made, nobody can say here what it lacks. */
function packageProblems(part: Part, stack: IStack): string[] {
  const missing = stack.isWholeKnown ? part.packagesOn(stack.suite).filter((each) => !stack.runPackages.includes(each)) : [];
  if (missing.length === 0) return [];
  return [
    `the part '${part.name}' is in packages that the run image of ${stack.name} lacks: ${missing.join(', ')}; add them to its ` +
      '`packages.run`',
  ];
}
