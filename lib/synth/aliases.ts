import type { SynthesizedObject } from './synthesized';

/**
 * Constructs that were renamed or moved: the construct path that they had, to the one they have today.
 *
 * A path stands for everything below it: `'python': 'python311'` renames a chart with all its objects. Entries may follow each other
 * (`a` to `b`, later `b` to `c`). An entry stays as long as there is an object that was first deployed under its old path.
 */
export type Aliases = Readonly<Record<string, string>>;

/** The construct paths that an object has had. */
export class FormerPaths {
  private readonly entries: readonly (readonly [string, string])[];

  constructor(aliases: Aliases) {
    // The most specific first: what was moved by itself did not move with what was around it.
    this.entries = Object.entries(aliases).sort(([a], [b]) => b.length - a.length);
  }

  /** The paths that came before this one, the oldest first; none when it always had this one. */
  of(path: string): readonly string[] {
    const former: string[] = [];
    for (let before = this.before(path); before !== undefined && !former.includes(before); before = this.before(before))
      former.unshift(before);
    return former;
  }

  /** The first path: what identifies the object in the cluster, whatever its construct was called since. */
  originOf(path: string): string {
    return this.of(path)[0] ?? path;
  }

  private before(path: string): string | undefined {
    const candidates = this.entries
      .filter(([, to]) => isWithin(path, to))
      .sort(([, a], [, b]) => b.length - a.length)
      .map(([from, to]) => from + path.slice(to.length));
    return candidates.find((candidate) => this.after(candidate) === path);
  }

  private after(path: string): string | undefined {
    const entry = this.entries.find(([from]) => isWithin(path, from));
    return entry && entry[1] + path.slice(entry[0].length);
  }
}

/**
 * What an alias table gets wrong, whichever environment it is used for.
 *
 * @param objects - what the environment declares today
 * @returns a line a problem, naming the entry and what to do
 */
export function aliasProblems(aliases: Aliases, objects: readonly SynthesizedObject[]): string[] {
  // Whoever writes the table may do so without types.
  if (typeof (aliases as unknown) !== 'object' || (aliases as unknown) === null || Array.isArray(aliases))
    return ["stacks/aliases.ts: `aliases` is no table; write { '<old path>': '<new path>' }, or {}"];
  const declared = declaredPaths(objects);
  const entries = Object.entries(aliases);
  const texts = entries.flatMap(([from, to]) =>
    typeof (to as unknown) === 'string' ? [] : [`${describe(from, to)}: what it leads to is no text; write a construct path`],
  );
  if (texts.length > 0) return texts;
  return entries.flatMap(([from, to], i) => {
    const entry = describe(from, to);
    if (from === to) return [`${entry} says nothing: both are the same path; remove it`];
    const malformed = [from, to].find((path) => !/^[^/]+(\/[^/]+)*$/.test(path));
    if (malformed !== undefined) return [`${entry}: '${malformed}' is no construct path; write it as <chart>/<id>/<id>`];
    const twin = entries.slice(0, i).find(([, other]) => other === to);
    if (twin) return [`${entry}: ${describe(...twin)} has become the same construct; remove the one whose objects are gone`];
    if (leadsBack(aliases, from))
      return [
        `${entry} is part of a circle; remove the entry of the older change, or give constructs that swap a third name first`,
      ];
    if (declared.has(from))
      return [
        `${entry}: '${from}' is still declared; give the new construct there another id, or name one by one what has moved`,
      ];
    return [];
  });
}

/**
 * Entries that no environment needs: what they lead to is declared nowhere. They would keep an old name reserved for nothing.
 *
 * @param environments - what each environment declares today
 * @returns a line an entry, naming what to do
 */
export function unusedAliases(aliases: Aliases, environments: readonly (readonly SynthesizedObject[])[]): string[] {
  const declared = environments.map(declaredPaths);
  return Object.entries(aliases)
    .filter(([from, to]) => !declared.some((paths) => paths.has(endOf(aliases, from, to))))
    .map(([from, to]) => {
      const end = endOf(aliases, from, to);
      const through = end === to ? '' : `, which has become '${end}',`;
      return `${describe(from, to)}: '${to}'${through} is declared in no environment; correct the path, or remove the entry if the construct is gone`;
    });
}

/** What an entry's old path is called today, through the entries that came later. */
function endOf(aliases: Aliases, from: string, to: string): string {
  const visited = [from];
  let path = to;
  for (;;) {
    const [next, target] = Object.entries(aliases)
      .filter(([old]) => isWithin(path, old))
      .sort(([a], [b]) => b.length - a.length)[0] ?? [undefined, ''];
    if (next === undefined || visited.includes(path)) return path;
    visited.push(path);
    path = target + path.slice(next.length);
  }
}

function leadsBack(aliases: Aliases, from: string): boolean {
  const visited = new Set<string>();
  for (let path: string | undefined = aliases[from]; path !== undefined && !visited.has(path); path = aliases[path]) {
    if (path === from) return true;
    visited.add(path);
  }
  return false;
}

/** The paths of all objects, and of every construct around one. */
function declaredPaths(objects: readonly SynthesizedObject[]): ReadonlySet<string> {
  const around = objects.flatMap(({ construct }) => construct.node.scopes.map(({ node }) => node.path));
  return new Set([...around, ...objects.map(({ path }) => path)]);
}

const isWithin = (path: string, prefix: string): boolean => path === prefix || path.startsWith(`${prefix}/`);
const describe = (from: string, to: string): string => `alias '${from}': '${to}'`;
