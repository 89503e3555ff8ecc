import { z } from 'zod';
import { type Fallbacks, sizedPackagesSchema } from '../lib/buildpacks/debian/locked-packages';
import { packageFactsFields } from '../lib/buildpacks/debian/package-facts';
import { type IStack, isStack, type Stack } from '../lib/buildpacks/stack/stack';

/** A set of packages, as the script of `csb lock` takes it (lib/buildpacks/stack/steps/resolve.sh). */
interface PackageSet {
  /** The set that it stands on. */
  readonly parent: string | null;
  readonly packages: readonly string[];
  /** Whether to look for the libraries of it; or, of one that is locked, those that it has. */
  readonly sonames: boolean | readonly string[];
  /** Of a set that stays as it is: name to version. */
  readonly locked?: Readonly<Record<string, string>>;
}

const resolvedSchema = z.strictObject({
  sets: z.record(
    z.string(),
    z.strictObject({
      packages: sizedPackagesSchema,
      sonames: z.array(z.string()),
      /** By package, the suites whose index has its version, such as `bookworm-security`. */
      origins: z.record(z.string(), z.array(z.string())),
    }),
  ),
  problems: z.array(z.strictObject({ set: z.string(), said: z.array(z.string()) })),
  ...packageFactsFields,
});

/** What the script has found: the packages of each set, what apt or the mirror refused, and what layer plans are made from. */
export type Resolved = z.infer<typeof resolvedSchema>;

/**
 * What the script has printed.
 *
 * @throws Error when it is something else, as when the pod ended in the middle of it
 */
export function parseResolved(text: string): Resolved {
  try {
    return resolvedSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new Error(`the toolbox did not say to the end what apt would install (${text.length} characters); try again`, {
      cause: error,
    });
  }
}

/** The sets of stacks that are to be locked, and, as they are, of those that these stand on. */
export function setsOf(wanted: readonly Stack[]): Readonly<Record<string, PackageSet>> {
  const sets: Record<string, PackageSet> = {};
  for (const stack of wanted) Object.assign(sets, below(stack, wanted), ownSets(stack));
  return sets;
}

/** What the bases of stacks have to fall back to. */
export function fallbacksOf(stacks: readonly Stack[]): Fallbacks {
  const all: Record<string, Fallbacks[string]> = {};
  for (const stack of stacks) {
    let below: IStack['below'] = stack.below;
    while (below !== undefined && isStack(below)) below = below.below;
    Object.assign(all, below?.fallbacks);
  }
  return all;
}

/** Parents come before their children: the script reads the sets in this order. */
function below(stack: Stack, wanted: readonly Stack[]): Record<string, PackageSet> {
  const parent = stack.below;
  if (!isStack(parent) || wanted.some(({ name }) => name === parent.name)) return {};
  if (!('lock' in parent) || Object.keys((parent as Stack).lock.run).length === 0)
    throw new Error(
      `${stack.name} stands on ${parent.name}, which has no lock yet; lock both: npm run csb -- lock ${parent.name} ${stack.name}`,
    );
  const { lock } = parent as Stack;
  const own = Object.entries(ownSets(parent as Stack)).filter(([name]) => !name.endsWith('/build'));
  const kept = own.map(([name, set]): [string, PackageSet] => {
    const isBase = name.endsWith('/base');
    return [name, { ...set, locked: versions(isBase ? lock.base : lock.run), sonames: isBase ? [] : lock.abi.sonames }];
  });
  return { ...below(parent as Stack, wanted), ...Object.fromEntries(kept) };
}

function versions(packages: Stack['lock']['run'] = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(packages).map(([name, { version }]) => [name, version]));
}

function ownSets({ name, below: parent, packages }: Stack): Record<string, PackageSet> {
  const lower = isStack(parent) ? `${parent.name}/run` : `${name}/base`;
  return {
    ...(isStack(parent) ? {} : { [lower]: { parent: null, packages: parent.packages, sonames: false } }),
    [`${name}/run`]: { parent: lower, packages: packages.run, sonames: true },
    [`${name}/build`]: { parent: `${name}/run`, packages: packages.build, sonames: false },
  };
}

/**
 * What could not be locked, a line each: the stack, what apt or the mirror said, what to do.
 *
 * @param mirrors - the addresses that were asked
 */
export function lockFailure(problems: Resolved['problems'], suite: string, mirrors: readonly string[]): string {
  const lines = problems.flatMap(({ set, said }) =>
    said.map((each) => `  - ${set === '' ? '' : `${set}: `}${inWords(each, set)}`),
  );
  return `no lock was written, for ${suite} as ${mirrors.join(' and ')} have it:\n${lines.join('\n')}`;
}

function inWords(said: string, set: string): string {
  const stack = set.split('/')[0] ?? '';
  const name = /^E: (?:Unable to locate package |Package ')([^' ]+)/.exec(said)?.[1];
  if (name !== undefined) return `the mirror has no package '${name}'; correct its name where ${stack} is declared`;
  if (/, locked is |^it would do without/.test(said)) return `${said}; lock what ${stack} stands on as well: npm run csb -- lock`;
  const source = /^the index names .* \(source (\S+)\)$/.exec(said)?.[1];
  if (source !== undefined)
    return `${said}; wait for the mirror, or name a version that it has where the base is declared: fallbacks: { '${source}': { version, because } }`;
  if (set === '') return `${said.trim()}; is the mirror in the settings right, and can the cluster reach it?`;
  return `apt says: ${said.trim().replace(/^E: /, '')}`;
}
