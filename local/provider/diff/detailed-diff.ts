/**
 * The differences between what lives (cut to the shape of the old inputs) and what the program wants, as paths that `pulumi preview --diff` shows.
 */
import { isList, isManifest, type Manifest, type ManifestValue } from '../objects/manifest';
import { Unknown } from '../protocol/values';
import { equalQuantities, isQuantityPath } from './quantity';
import { isReplacing } from './replacement';

export type ChangeKind = 'add' | 'delete' | 'update';
export interface Change {
  readonly kind: ChangeKind;
  readonly replaces: boolean;
}

type Path = readonly (string | number)[];

/** `spec.containers[0].image`, `metadata.labels["app.kubernetes.io/name"]`. */
function render(path: Path): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else if (/[."[\]]/.test(part)) text += `["${part.replaceAll('"', '\\"')}"]`;
    else text += text === '' ? part : `.${part}`;
  }
  return text;
}

function isEmpty(value: ManifestValue): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isManifest(value)) return Object.keys(value).length === 0;
  return value === null || value === '' || value === false || value === 0;
}

function equal(left: ManifestValue | undefined, right: ManifestValue): boolean {
  return left !== undefined && JSON.stringify(left) === JSON.stringify(right);
}

export class DetailedDiff {
  public readonly changes = new Map<string, Change>();

  /** The server's own types have fields that it leaves out when they are empty; custom resources keep what they are given. */
  public constructor(
    private readonly replacingFields: readonly string[],
    private readonly serverTypes: boolean,
  ) {}

  public compare(live: Manifest, wanted: Manifest, oldInputs: Manifest): this {
    this.maps([], live, wanted, oldInputs);
    return this;
  }

  private maps(path: Path, live: Manifest, wanted: Manifest, oldInputs: ManifestValue | undefined): void {
    const before = isManifest(oldInputs) ? oldInputs : {};
    for (const [key, value] of Object.entries(wanted)) this.values([...path, key], live[key], value, before[key]);
    for (const key of Object.keys(live)) {
      if (!(key in wanted) && live[key] !== null) this.record([...path, key], 'delete', null);
    }
  }

  private lists(
    path: Path,
    live: readonly ManifestValue[],
    wanted: readonly ManifestValue[],
    oldInputs: ManifestValue | undefined,
  ): void {
    const before = isList(oldInputs) ? oldInputs : [];
    wanted.forEach((value, index) => {
      this.values([...path, index], live[index], value, before[index]);
    });
    for (let index = wanted.length; index < live.length; index++) this.record([...path, index], 'delete', null);
  }

  private values(path: Path, live: ManifestValue | undefined, wanted: ManifestValue, before: ManifestValue | undefined): void {
    if (wanted instanceof Unknown) {
      this.record(path, live === undefined ? 'add' : 'update', wanted);
    } else if (live === undefined) {
      const leftOut = isEmpty(wanted) && this.serverTypes && equal(before, wanted);
      if (wanted !== null && !leftOut) this.record(path, 'add', wanted);
    } else if (isManifest(live) && isManifest(wanted)) {
      this.maps(path, live, wanted, before);
    } else if (Array.isArray(live) && Array.isArray(wanted)) {
      this.lists(path, live, wanted, before);
    } else if (!equal(live, wanted) && !(this.serverTypes && isQuantityPath(path) && equalQuantities(live, wanted))) {
      this.record(path, wanted === null ? 'delete' : 'update', wanted);
    }
  }

  private record(path: Path, kind: ChangeKind, value: ManifestValue): void {
    this.changes.set(render(path), { kind, replaces: isReplacing(path, value, this.replacingFields) });
  }
}
