import { z } from 'zod';
import { RELEASED } from '../lib/buildpacks/layers/update-rate';
import { NEWEST_SCRIPT } from '../lib/buildpacks/runtime/newest-script';
import { filesOf, type PinnedFile, type PinnedFiles } from '../lib/buildpacks/runtime/pinned-files';
import type { Runtime } from '../lib/buildpacks/runtime/runtime';
import type { Suite } from '../lib/buildpacks/target';
import type { Settings } from '../lib/settings/settings';
import { inToolbox } from './toolbox';

/** Something that runtimes are made from and that has a version: a source package, a package. */
export interface RuntimeSource {
  /** What declares it, perhaps with others beside it. */
  readonly pinned: PinnedFiles;
  readonly files: readonly PinnedFile[];
  readonly name: string;
  readonly version: string;
  /** As the script takes it (lib/buildpacks/runtime/steps/newest.sh). */
  readonly kind: 'dsc' | 'orig' | 'deb' | 'npm' | 'url';
  /** Of which runtimes, such as `python 3.11.2`. */
  readonly runtimes: readonly string[];
  /** On which releases these are. */
  readonly suites: readonly Suite[];
}

const refused = z.array(z.strictObject({ url: z.string(), why: z.string() }));

const newestSchema = z.strictObject({
  /** Which of its files cannot be fetched any more. */
  gone: refused,
  /** Files of newer versions that the index names, and that cannot be fetched. */
  missing: refused,
  /** Whether an index says which versions of it there are. */
  isKnown: z.boolean(),
  /** What is newer, or what there is in place of what is gone. */
  newest: z
    .strictObject({
      version: z.string(),
      origin: z.array(z.string()),
      files: z.array(z.strictObject({ url: z.string(), sha256: z.string() })),
    })
    .nullable(),
});

/** What the mirror has of a source. */
export type Newest = z.infer<typeof newestSchema>;

/** What runtimes are made from, of each declaration once. */
export function sourcesOf(runtimes: readonly Runtime[]): RuntimeSource[] {
  const found = new Map<string, RuntimeSource>();
  for (const { name, version, builtOn, pinned } of runtimes)
    for (const source of pinned.flatMap(split)) {
      const key = JSON.stringify([source.pinned, source.name]);
      const { runtimes: of = [], suites = [] } = found.get(key) ?? {};
      found.set(key, {
        ...source,
        runtimes: [...new Set([...of, `${name} ${version}`])],
        suites: [...new Set([...suites, builtOn.suite])],
      });
    }
  return [...found.values()];
}

/** Files that have a version of their own: those of a source package together, packages one by one. */
function split(pinned: PinnedFiles): Omit<RuntimeSource, 'runtimes' | 'suites'>[] {
  const files = filesOf(pinned);
  const isPackage = files.some(({ name }) => name.endsWith('.dsc'));
  return (isPackage ? [files] : files.map((file) => [file])).map((own) => {
    const [first] = own.filter(({ name }) => !isPackage || name.endsWith('.dsc'));
    const { name = '', version = '' } = first?.component('') ?? {};
    return { pinned, files: own, name, version, kind: kindOf(pinned, isPackage, first?.name ?? '') };
  });
}

function kindOf(pinned: PinnedFiles, isPackage: boolean, file: string): RuntimeSource['kind'] {
  if ('npm' in pinned) return 'npm';
  if ('url' in pinned) return 'url';
  if (isPackage) return 'dsc';
  return file.endsWith('.deb') ? 'deb' : 'orig';
}

/**
 * What the mirror has now of these sources, in their order. One that several releases share is looked up in each: uWSGI's on Debian 11 is that
 * of Debian 12.
 */
export async function newestOf(settings: Settings, sources: readonly RuntimeSource[]): Promise<Newest[]> {
  const suites = [...new Set(sources.flatMap((each) => each.suites))];
  const answers = new Map<RuntimeSource, Newest[]>();
  for (const suite of suites.sort((one, other) => RELEASED[other].localeCompare(RELEASED[one]))) {
    const own = sources.filter((each) => each.suites.includes(suite));
    const said = await askMirror(settings, suite, own);
    own.forEach((source, i) => answers.set(source, [...(answers.get(source) ?? []), ...said.slice(i, i + 1)]));
  }
  return sources.map((source) => ofReleases(answers.get(source) ?? []));
}

/** The newest release comes first. */
function ofReleases(said: readonly Newest[]): Newest {
  const found = said.find(({ newest }) => newest !== null) ?? said.find(({ isKnown }) => isKnown) ?? said[0];
  if (found === undefined) throw new Error('a source that is of no release was not looked up');
  return found;
}

async function askMirror(settings: Settings, suite: Suite, sources: readonly RuntimeSource[]): Promise<Newest[]> {
  const { mirror } = settings;
  const wanted = sources.map(({ kind, name, version, files }) => ({
    ...{ kind, name, version },
    files: files.map((file) => ({ url: file.urlIn(mirror), sha256: file.sha256 })),
  }));
  const mirrors = { MIRROR: mirror.debian, SECURITY_MIRROR: mirror.security, NPM: mirror.npm ?? '' };
  const variables = { SUITE: suite, ...mirrors, WANTED: JSON.stringify(wanted) };
  const work = { name: `newest-${suite}`, script: NEWEST_SCRIPT, variables, asks: 'mirror' } as const;
  return parseNewest(await inToolbox(settings, work), sources.length);
}

/**
 * What the script has printed.
 *
 * @throws Error when it is something else, as when the pod ended in the middle of it
 */
export function parseNewest(text: string, count: number): Newest[] {
  try {
    return z.array(newestSchema).length(count).parse(JSON.parse(text));
  } catch (error) {
    throw new Error(
      `the toolbox did not say to the end what runtimes could be made from (${text.length} characters); try again`,
      {
        cause: error,
      },
    );
  }
}
