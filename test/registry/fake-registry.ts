/** A registry of tags in files, behind a program that answers scripts as skopeo does. */
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inside, type Outcome } from '../buildpacks/shell/namespace';
import { temporaryFolder } from '../buildpacks/shell/temporary-folder';

// A tag's file holds its digest, or what the registry answers instead of one. A script `then` there runs once, after the first copy.
const skopeo = `#!/bin/bash
set -euo pipefail
digest() {
  local file=/registry/\${1##*/}
  [[ $1 != *@sha256:* ]] || { echo "\${1##*@}"; return; }
  [ -e "$file" ] || { echo 'reading manifest: manifest unknown' >&2; return 1; }
  grep '^sha256:' "$file" || { cat "$file" >&2; return 1; }
}
case $1 in
  inspect) digest "\${@: -1}" ;;
  copy)
    found=$(digest "\${@: -2:1}")
    to=\${!#}
    echo "$found" >"/registry/\${to##*/}"
    [ ! -e /registry/then ] || { mv /registry/then /tmp/then; . /tmp/then; } ;;
esac
`;

export interface FakeRegistry {
  /** Runs the script of a step, with its /work. */
  readonly run: (script: string, environment: Readonly<Record<string, string>>) => Outcome;
  /** What every tag names now. */
  readonly tags: () => Readonly<Record<string, string>>;
  /** A file that the script has written into /work; undefined when it has not. */
  readonly written: (file: string) => string | undefined;
}

interface Circumstances {
  /** What someone else does after the first copy, in shell. */
  readonly then?: string;
  /** The files that earlier steps have written into /work. */
  readonly work?: Readonly<Record<string, string>>;
}

/** @param tags - the digest of each `<repository>:<tag>`, or what the registry answers instead of one */
export function fakeRegistry(
  tags: Readonly<Record<string, string>>,
  { then, work: earlier = {} }: Circumstances = {},
): FakeRegistry {
  const [registry, work] = [temporaryFolder(), temporaryFolder()];
  for (const folder of [registry, work]) chmodSync(folder, 0o777);
  const write = (file: string, text: string): void => {
    writeFileSync(join(registry, file), text);
    chmodSync(join(registry, file), 0o666);
  };
  for (const [tag, digest] of Object.entries(tags)) write(tag, `${digest}\n`);
  if (then !== undefined) write('then', then);
  for (const [file, text] of Object.entries(earlier)) writeFileSync(join(work, file), text);
  return {
    run: (script, environment) =>
      inside({
        command: ['/step'],
        files: { '/step': script, '/usr/bin/skopeo': skopeo },
        folders: { '/registry': registry, '/work': work },
        environment: { REGISTRY_TLS: 'false', ...environment },
      }),
    tags: () =>
      Object.fromEntries(
        readdirSync(registry)
          .filter((tag) => tag !== 'then')
          .map((tag) => [tag, readFileSync(join(registry, tag), 'utf8').trim()]),
      ),
    written: (file) => (readdirSync(work).includes(file) ? readFileSync(join(work, file), 'utf8') : undefined),
  };
}

/** A digest, told apart by one character. */
export const digest = (character: string): `sha256:${string}` => `sha256:${character.repeat(64)}`;
