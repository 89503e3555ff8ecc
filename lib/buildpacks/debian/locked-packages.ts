import { z } from 'zod';
import { inlined, script } from '../../tekton/script';

export const lockedPackagesSchema = z.record(
  z.string().regex(/^[a-z0-9][a-z0-9+.-]+$/, 'the name of a Debian package'),
  z.strictObject({ version: z.string().regex(/^[A-Za-z0-9.+~:-]+$/), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
);

/** Debian packages by name, with the exact version and the SHA-256 of the package's file. */
export type LockedPackages = z.infer<typeof lockedPackagesSchema>;

/** How a step reads locked packages: a line of name, version and SHA-256 for each. */
export function lockLines(packages: LockedPackages): string {
  return Object.entries(packages)
    .map(([name, { version, sha256 }]) => `${name} ${version} ${sha256}`)
    .sort()
    .join('\n');
}

const APT = script(__dirname, 'apt.sh');

/** A step's script with the functions of apt.sh, which read the index of a mirror and pin locked versions. */
export function withApt(text: string): string {
  return inlined(text, 'apt.sh', APT);
}
