import type { DebianFiles } from '../lib/buildpacks/debian/debian-files';
import { filesOf, type PinnedFiles } from '../lib/buildpacks/runtime/pinned-files';
import type { Settings } from '../lib/settings/settings';
import { columns } from '../local/columns';
import { listed } from './listed';
import type { Newest, RuntimeSource } from './runtime-sources';

type Mirror = Settings['mirror'];

/** A source with what the mirror has of it. */
export interface LookedUp {
  readonly source: RuntimeSource;
  readonly has: Newest;
}

/**
 * What of runtimes could be made from something newer: a table, then for each declaration that changes the text that takes its place. What can no
 * longer be fetched, and what nobody can say of, is a line each.
 */
export function renderProposals(found: readonly LookedUp[], mirror: Mirror): string[] {
  const proposed = found.flatMap((each) => {
    const after = replacementOf(each, mirror);
    return after === undefined ? [] : [{ ...each, after }];
  });
  const rows = proposed.map(({ source, has, after }) => {
    const { version = '' } = after.flatMap(filesOf)[0]?.component('') ?? {};
    return [source.name, source.version, version, listed(has.newest?.origin ?? []), listed(source.runtimes)];
  });
  const changed = [...new Set(proposed.map(({ source }) => source.pinned))];
  return [
    rows.length === 0
      ? 'what runtimes are made from: nothing newer can be fetched'
      : columns([['source', 'from', 'to', 'origin', 'in'], ...rows]),
    ...changed.flatMap((pinned) => {
      const own = found.filter(({ source }) => source.pinned === pinned);
      const after = together(own.flatMap((each) => replacementOf(each, mirror) ?? kept(each.source)));
      return ['', `in place of ${beginning(pinned)}:`, ...after.map(declaration)];
    }),
    ...(changed.length === 0
      ? []
      : [
          '',
          'Put there what you take; where the runtime has another version then, that of its part, too. Which images that rebuilds: npm run synth, npm run diff',
        ]),
    ...found.flatMap(warnings),
  ];
}

/** What takes the place of a source; undefined when it stays. */
function replacementOf({ source, has }: LookedUp, mirror: Mirror): PinnedFiles[] | undefined {
  if (has.newest === null) return undefined;
  const { pinned } = source;
  const { version, files } = has.newest;
  const after =
    'npm' in pinned
      ? files.map(({ sha256 }) => ({ ...pinned, version, sha256 }))
      : together(files.map(({ url, sha256 }) => debianFile(url, sha256, mirror)));
  const isSame = JSON.stringify(linesOf(after)) === JSON.stringify(linesOf(kept(source)));
  return isSame ? undefined : after;
}

const linesOf = (pinned: readonly PinnedFiles[]): string[] =>
  pinned.flatMap((each) => filesOf(each).map(({ origin, sha256 }) => `${sha256} ${origin}`)).sort();

/** Of a declaration, what is this source's. */
function kept({ pinned, files }: RuntimeSource): PinnedFiles[] {
  if ('npm' in pinned || 'url' in pinned) return [pinned];
  return [{ ...pinned, files: Object.fromEntries(files.map(({ name, sha256 }) => [name, sha256])) }];
}

/** A file of the archive by its address on a mirror. */
function debianFile(url: string, sha256: string, mirror: Mirror): DebianFiles {
  const archive = url.startsWith(`${mirror.security}/`) ? 'security' : 'debian';
  const path = decodeURIComponent(url.slice(mirror[archive].length + 1)).split('/');
  return { archive, pool: path.slice(0, -1).join('/'), files: { [path.at(-1) ?? '']: sha256 } };
}

/** Files of the archive that lie in one folder are one declaration. */
function together(pinned: readonly PinnedFiles[]): PinnedFiles[] {
  const folders = new Map<string, PinnedFiles>();
  for (const each of pinned) {
    const key = 'pool' in each ? `${each.archive} ${each.pool}` : JSON.stringify(each);
    const known = folders.get(key);
    const isOfFolder = known !== undefined && 'pool' in known && 'pool' in each;
    folders.set(key, isOfFolder ? { ...known, files: { ...known.files, ...each.files } } : each);
  }
  return [...folders.values()];
}

/** As sources.ts declares it. */
function declaration(pinned: PinnedFiles): string {
  if ('npm' in pinned) return `{ npm: '${pinned.npm}', version: '${pinned.version}', sha256: '${pinned.sha256}' },`;
  if ('url' in pinned) return `{ url: '${pinned.url}', sha256: '${pinned.sha256}', purl: '${pinned.purl}' },`;
  const files = Object.entries(pinned.files).map(([name, sha256]) => `  '${name}': '${sha256}',`);
  return [`${callOf(pinned)}, {`, ...files, '}),'].join('\n');
}

const callOf = ({ archive, pool }: DebianFiles): string => `${archive === 'debian' ? 'fromDebian' : 'fromSecurity'}('${pool}'`;

/** By which a declaration is found. */
function beginning(pinned: PinnedFiles): string {
  if ('npm' in pinned) return `{ npm: '${pinned.npm}', version: '${pinned.version}', ... }`;
  if ('url' in pinned) return `{ url: '${pinned.url}', ... }`;
  return `${callOf(pinned)}, { '${Object.keys(pinned.files)[0] ?? ''}': ... })`;
}

function warnings({ source, has }: LookedUp): string[] {
  const { name, version, runtimes } = source;
  const instead = has.newest === null ? ', and nothing is there instead' : '';
  return [
    ...has.gone.map(({ url, why }) =>
      isGone(why)
        ? `${listed(runtimes)} cannot be made again: ${fileOf(url)} is gone (${why})${instead}`
        : `${fileOf(url)}, of ${listed(runtimes)}, could not be fetched (${why}); try again`,
    ),
    ...has.missing.map(({ url, why }) => `the index names ${fileOf(url)}, which cannot be fetched (${why}); wait for the mirror`),
    ...(has.isKnown ? [] : [`no index names ${name}: whether anything is newer than ${version} is not known`]),
  ];
}

/** Whether the mirror has answered that it has no such file, or has another. */
const isGone = (why: string): boolean => /error: 4(04|10)$|^expected /.test(why);

const fileOf = (url: string): string => decodeURIComponent(url.split('/').at(-1) ?? url);
