import { VARIABLE } from '../specification/forms';
import { ACCOUNTS, ESSENTIAL, FOLDERS, NOT_THE_IMAGES } from './known-paths';

/** What a stack puts into its run image by itself, beside packages. */
export interface ImageContent {
  /** Texts by their absolute paths. */
  readonly files: Readonly<Record<string, string>>;
  /** Where each path of the facade leads: the target of a link, the library of a program. */
  readonly links: Readonly<Record<string, string>>;
}

/** The largest number that Kubernetes takes for a user. @see https://github.com/kubernetes/kubernetes/issues/96147 */
const MOST = 2147483647;

/** Which user no image can have. @returns a line a problem */
export function userProblems(user: number): string[] {
  if (Number.isInteger(user) && user > 0 && user <= MOST) return [];
  return [`its user is ${user}; expected a whole number from 1 to ${MOST}, since root is refused in every pod of a tool`];
}

/** Which variables no image can have, or none of ours may. @returns a line a problem */
export function environmentProblems(environment: Readonly<Record<string, string>>): string[] {
  return Object.entries(environment).flatMap(([name, value]) => [
    ...(VARIABLE.test(name)
      ? []
      : [`the variable '${name}': expected a name of letters, digits and _, not beginning with a digit`]),
    ...(name === 'HOME' ? ['the variable HOME: an image serves every tool, and each has another home; remove it'] : []),
    ...(value.includes('\0') ? [`the variable ${name} has a NUL character, which no variable can hold`] : []),
  ]);
}

/**
 * Which files and links no image can have, which the distribution's own would undo, and which are in each other's way.
 *
 * What packages own beyond well-known paths is known only where they are installed: the build refuses such links.
 *
 * @param below - what the stacks below have already
 * @returns a line a problem
 */
export function contentProblems(own: ImageContent, below: ImageContent): string[] {
  const places = [
    ...Object.keys(own.files).map((path) => ({ path, what: `the file '${path}'`, isLink: false })),
    ...Object.keys(own.links).map((path) => ({ path, what: `the facade's '${path}'`, isLink: true })),
  ];
  const taken = new Map<string, string>();
  for (const [path, target] of Object.entries(below.links))
    taken.set(placeOf(path), `the facade of a stack below leads to ${target}`);
  for (const path of Object.keys(below.files)) if (!taken.has(placeOf(path))) taken.set(placeOf(path), FILE_BELOW);
  const problems: string[] = [];
  for (const { path, what, isLink } of places) {
    const wrong = pathProblem(path);
    if (wrong !== undefined) {
      problems.push(`${what}: ${wrong}`);
      continue;
    }
    const there = taken.get(placeOf(path));
    // An upper stack may have another text in a file.
    if (there !== undefined && (isLink || there !== FILE_BELOW)) problems.push(`${what}: ${there} at this path; remove one`);
    taken.set(placeOf(path), what);
  }
  for (const { path, what } of places) {
    const above = foldersOf(placeOf(path)).find((folder) => taken.has(folder));
    if (above !== undefined)
      problems.push(`${what} is below '${above}', where ${taken.get(above) ?? ''} is; only a folder has files`);
  }
  const all = { ...below.links, ...own.links };
  const texts = Object.entries(own.files).filter(([, text]) => text.includes('\0'));
  return [
    ...problems,
    ...texts.map(([path]) => `the file '${path}' has a NUL character, which no parameter of a build can hold`),
    ...Object.entries(own.links).flatMap(([path, target]) => targetProblems(path, target, all)),
  ];
}

const FILE_BELOW = 'the stack below has a file';

/** Releases since Debian 12 have /usr merged, and legacy images of the others are: `/bin/x` and `/usr/bin/x` are one place. */
function placeOf(path: string): string {
  return path.replace(/^\/(bin|sbin|lib|lib32|lib64|libx32)(?=\/|$)/, '/usr/$1');
}

/** All folders that a path is in, without the root. */
function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(1, -1);
  return parts.map((_, i) => `/${parts.slice(0, i + 1).join('/')}`);
}

/** Whether a text is an absolute path that says its place in one way. */
function isPath(path: string): boolean {
  if (!/^(\/[^/\p{Cc}]+)+$/u.test(path) || path.length > 4095) return false;
  return path.split('/').every((part) => part !== '.' && part !== '..' && part.length <= 255);
}

const PATH = "an absolute path such as /etc/example.conf, without '.', '..', '//', a '/' at its end and control characters";

function pathProblem(path: string): string | undefined {
  if (!isPath(path)) return `expected ${PATH}`;
  const place = placeOf(path);
  if (NOT_THE_IMAGES.some((folder) => place === folder || place.startsWith(`${folder}/`)))
    return 'Kubernetes, Tekton, Toolforge or the lifecycle puts its own there, and the image never has this; choose another path';
  if (ACCOUNTS.includes(place))
    return "accounts are Debian's and those of packages, which add theirs when they are installed; tools' come from sssd";
  if (FOLDERS.includes(place)) return 'it is a folder of the distribution; name a path in it';
  const program = /^\/usr\/s?bin\/([^/]+)$/.exec(place)?.[1];
  if (program !== undefined && ESSENTIAL.has(program))
    return 'it belongs to a package of every Debian, whose next update would undo it; choose a path below /usr/local';
  return undefined;
}

function targetProblems(path: string, target: string, links: Readonly<Record<string, string>>): string[] {
  const what = `the facade's '${path}' to '${target}'`;
  if (!isPath(target)) return [`${what}: expected as its target ${PATH}`];
  const places = new Map(Object.entries(links).map(([from, to]) => [placeOf(from), placeOf(to)]));
  const seen = new Set([placeOf(path)]);
  let next: string | undefined = placeOf(target);
  while (next !== undefined) {
    const current: string = next;
    if (seen.has(current) || foldersOf(current).some((folder) => seen.has(folder)))
      return [`${what} leads back to itself; name what it is to lead to`];
    seen.add(current);
    next = places.get(current);
  }
  return [];
}
