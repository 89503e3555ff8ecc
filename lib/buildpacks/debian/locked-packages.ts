import { z } from 'zod';
import type { Settings } from '../../settings/settings';
import type { Reference } from '../../tekton/params';
import { inlined, script } from '../../tekton/script';

// https://www.debian.org/doc/debian-policy/ch-controlfields.html#source
const PACKAGE = /^[a-z0-9][a-z0-9+.-]+$/;

// [epoch:]upstream[-revision]: https://www.debian.org/doc/debian-policy/ch-controlfields.html#version
const VERSION = /^([0-9]+:)?[0-9][A-Za-z0-9.+~:-]*(?<![:-])$/;

const packageVersion = z.string().regex(VERSION, "the version of a Debian package, such as '1:2.0-1'");
const file = { version: packageVersion, sha256: z.string().regex(/^[0-9a-f]{64}$/, '64 lower-case hex characters') };

/** The form of a package's name in a file. */
export const packageName = z.string().regex(PACKAGE, 'the name of a Debian package');

/** The form of locked packages in a lock file. */
export const sizedPackagesSchema = z.record(
  packageName,
  z.strictObject({
    ...file,
    /** The bytes of the file, as Debian's index has them. They decide nothing. @default - not known: `csb lock` writes it */
    size: z.int().min(1, 'the bytes of a file').optional(),
    /** What a build takes where the mirror names the version and does not have it. */
    fallback: z.strictObject({ ...file, because: z.string().min(1, 'a reason') }).optional(),
  }),
);

/** Locked packages with the sizes of their files, as far as they are known. */
export type SizedPackages = z.infer<typeof sizedPackagesSchema>;

/**
 * Debian packages by name, with the exact version and the SHA-256 of the package's file: what decides what is made. Sizes would be part of
 * addresses here, and are none of it.
 */
export type LockedPackages = Record<string, Omit<SizedPackages[string], 'size'> & { readonly size?: never }>;

/** What of locked packages decides what is made. */
export function unsized(packages: SizedPackages): LockedPackages {
  return Object.fromEntries(Object.entries(packages).map(([name, { size: _, ...decisive }]) => [name, decisive]));
}

/**
 * An older version of a source package, for mirrors that name the newest one and do not have its files. The lock has both: an
 * environment whose mirror serves the newest gets that.
 */
export interface Fallback {
  /** That of the source and of all its binary packages, which the mirror has. */
  readonly version: string;
  /** Who dropped what, and when that was seen. */
  readonly because: string;
}

/** Fallbacks by the name of the source package, such as `sssd` for libnss-sss. */
export type Fallbacks = Readonly<Record<string, Fallback>>;

/** What is wrong with fallbacks: a line each. */
export function fallbackProblems(fallbacks: Fallbacks): string[] {
  return Object.entries(fallbacks)
    .filter(([name, { version }]) => !PACKAGE.test(name) || !VERSION.test(version))
    .map(([name, { version }]) => `fallback '${name}' ${version}: expected a source package and a version, such as sssd 2.4.1-2`);
}

/** How a step reads locked packages: a line of name, version and SHA-256 for each, and of its fallback where it has one. */
function lockLines(packages: LockedPackages): string {
  return Object.entries(packages)
    .map(([name, { version, sha256, fallback }]) =>
      [name, version, sha256, ...(fallback ? [fallback.version, fallback.sha256] : [])].join(' '),
    )
    .sort()
    .join('\n');
}

/** What is wrong with names of packages: a line for each that is none, or stands twice. */
export function packageProblems(names: readonly string[]): string[] {
  return names.flatMap((name, i) => [
    ...(PACKAGE.test(name)
      ? []
      : [`'${name}' is not the name of a Debian package; use lower-case letters, digits, '+', '-', '.'`]),
    ...(names.indexOf(name) < i ? [`package '${name}' stands twice; remove one`] : []),
  ]);
}

/** What to do about a stack's lock that does not fit: that of what it stands on stays. */
export const relock = (stack: string): string => `run \`npm run csb -- lock ${stack}\` and review its diff`;

/** What a lock lacks of what its declaration names: a line for all packages, since one `lock` mends them; none where it has all. */
export function notInLock(packages: readonly string[], stack: string): string[] {
  if (packages.length === 0) return [];
  const names = packages.map((each) => `'${each}'`).join(', ');
  return [`${packages.length === 1 ? `package ${names} is` : `packages ${names} are`} not in the lock; ${relock(stack)}`];
}

/** The packages that the declaration of a base names and the lock of a stack lacks, in a line; another where it has none of a base. */
export function missingBasePackages(
  names: readonly string[],
  { stack, base = {} }: { readonly stack: string; readonly base?: LockedPackages | undefined },
): string[] {
  if (Object.keys(base).length === 0) return [`its lock has no packages of the base; ${relock(stack)}`];
  return notInLock(
    names.filter((each) => !(each in base)),
    stack,
  );
}

const APT = script(__dirname, 'apt.sh');

/** A step's script with the functions of apt.sh, which read the index of a mirror and pin locked versions. */
export function withApt(text: string): string {
  return inlined(text, 'apt.sh', APT);
}

/** Where an environment gets Debian packages, and what it does about those that are gone: the same for all its bases and stacks. */
export type Mirrors = Pick<Settings, 'mirror' | 'vanishedPackages'>;

/** What a task with apt.sh is told of what it makes. */
export const LOCK_PARAMS = {
  lock: { description: 'The packages: a line of name, version and SHA-256 for each, and of its fallback.' },
} as const;

/** What a run says of locked packages. */
export function lockArguments(lock: LockedPackages): { readonly lock: string } {
  return { lock: lockLines(lock) };
}

/** The environment that apt.sh reads. */
export function aptEnvironment(
  { lock }: { readonly lock: Reference },
  { mirror, vanishedPackages }: Mirrors,
): Readonly<Record<string, string>> {
  return { LOCK: lock, VANISHED: vanishedPackages, MIRROR: mirror.debian, SECURITY_MIRROR: mirror.security };
}
