/** A package whose line in a lock differs: without `from` it is new, without `to` gone; equal versions are another build of one version. */
export interface PackageChange {
  readonly name: string;
  readonly from?: string;
  readonly to?: string;
}

const LINE = /^(\S+) (\S+) [0-9a-f]{64}( \S+ [0-9a-f]{64})?$/;

/** What differs between two locks, lines of `<name> <version> <sha256>`, perhaps with those of a fallback. Undefined when one of the texts is something else. */
export function comparePackages(from: string, to: string): PackageChange[] | undefined {
  const [before, after] = [parse(from), parse(to)];
  if (before === undefined || after === undefined || before.size + after.size === 0) return undefined;
  return [...new Set([...before.keys(), ...after.keys()])]
    .sort()
    .filter((name) => before.get(name)?.line !== after.get(name)?.line)
    .map((name) => {
      const [old, now] = [before.get(name), after.get(name)];
      return { name, ...(old && { from: old.version }), ...(now && { to: now.version }) };
    });
}

function parse(text: string): ReadonlyMap<string, { readonly line: string; readonly version: string }> | undefined {
  const lines = text.split('\n').filter((line) => line !== '');
  const entries = lines.flatMap((line) => {
    const [, name, version] = LINE.exec(line) ?? [];
    return name === undefined || version === undefined ? [] : [[name, { line, version }] as const];
  });
  return entries.length === lines.length ? new Map(entries) : undefined;
}
