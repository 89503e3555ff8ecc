/** A registry of tags in files, behind a program that answers scripts as csb-registry does. */
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inside, type Outcome } from '../buildpacks/shell/namespace';
import { temporaryFolder } from '../buildpacks/shell/temporary-folder';

// A tag's file holds its digest, or what the registry answers instead of one. What the real program does: test/registry/program.test.ts.
const program = `#!/bin/bash
set -euo pipefail
digest() {
  local file=/registry/\${1##*/}
  [[ $1 != *@sha256:* ]] || { echo "\${1##*@}"; return; }
  [ -e "$file" ] || return 0
  grep '^sha256:' "$file" || { cat "$file" >&2; return 1; }
}
case $1 in
  digest) digest "$2" ;;
  before)
    words=()
    for tag in "\${@:3}"; do
      found=$(digest "$2:$tag")
      words+=("$tag=$found")
    done
    echo "\${words[*]}" ;;
  copy)
    found=$(digest "$2")
    echo "$found" >"/registry/\${3##*/}" ;;
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

/** @param tags - the digest of each `<repository>:<tag>`, or what the registry answers instead of one */
export function fakeRegistry(tags: Readonly<Record<string, string>>): FakeRegistry {
  const [registry, work] = [temporaryFolder(), temporaryFolder()];
  for (const folder of [registry, work]) chmodSync(folder, 0o777);
  const write = (file: string, text: string): void => {
    writeFileSync(join(registry, file), text);
    chmodSync(join(registry, file), 0o666);
  };
  for (const [tag, digest] of Object.entries(tags)) write(tag, `${digest}\n`);
  return {
    run: (script, environment) =>
      inside({
        command: ['/step'],
        files: { '/step': script, '/usr/local/bin/csb-registry': program },
        folders: { '/registry': registry, '/work': work },
        environment,
      }),
    tags: () => Object.fromEntries(readdirSync(registry).map((tag) => [tag, readFileSync(join(registry, tag), 'utf8').trim()])),
    written: (file) => (readdirSync(work).includes(file) ? readFileSync(join(work, file), 'utf8') : undefined),
  };
}

/** A digest, told apart by one character. */
export const digest = (character: string): `sha256:${string}` => `sha256:${character.repeat(64)}`;
