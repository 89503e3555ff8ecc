/** Runs a program inside a copy of this machine's root filesystem, at its real absolute paths, as a UID of choice. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryFolder } from './temporary-folder';

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A file of the copy: its text (executable when it begins with `#!`), or the target of a link. */
export type File = string | { readonly linkTo: string };

export interface Inside {
  readonly command: readonly string[];
  readonly files?: Readonly<Record<string, File>>;
  /** Folders of this machine that the copy has at other paths; what is written there stays. */
  readonly folders?: Readonly<Record<string, string>>;
  /** Files and folders that the copy does not have. */
  readonly without?: readonly string[];
  readonly uid?: number;
  readonly umask?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly workingDirectory?: string;
}

// Mounts die with the namespace. The last exec leaves the command as the first process, as in a container.
const enter = `
set -euo pipefail
mount -t tmpfs -o mode=0755 scratch "$SCRATCH"
mkdir "$SCRATCH"/{changes,work,root}
mount -t overlay overlay -o "lowerdir=/,upperdir=$SCRATCH/changes,workdir=$SCRATCH/work" "$SCRATCH/root"
cp -a "$STAGE/." "$SCRATCH/root/"
while IFS=: read -r inside outside; do
  [ -n "$inside" ] || continue
  mkdir -p "$SCRATCH/root$inside"
  mount --bind "$outside" "$SCRATCH/root$inside"
done <<<"$FOLDERS"
while IFS= read -r gone; do [ -z "$gone" ] || rm -rf "$SCRATCH/root$gone"; done <<<"$WITHOUT"
mount --rbind /dev "$SCRATCH/root/dev"
mount -t proc proc "$SCRATCH/root/proc" 2>/dev/null || mount --rbind /proc "$SCRATCH/root/proc"
umask "$UMASK"
exec chroot "$SCRATCH/root" /usr/bin/setpriv --reuid "$RUN_AS" --regid "$RUN_AS" --clear-groups --no-new-privs --bounding-set=-all \\
  /usr/bin/env -i --chdir="$DIRECTORY" "$@"
`;

export function inside({ command, files = {}, folders = {}, without = [], ...rest }: Inside): Outcome {
  const stage = join(temporaryFolder(), 'root');
  mkdirSync(stage, { mode: 0o755 });
  for (const [path, file] of Object.entries(files)) {
    mkdirSync(dirname(join(stage, path)), { recursive: true, mode: 0o755 });
    if (typeof file !== 'string') symlinkSync(file.linkTo, join(stage, path));
    else {
      writeFileSync(join(stage, path), file);
      chmodSync(join(stage, path), file.startsWith('#!') ? 0o755 : 0o644);
    }
  }
  const environment = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', ...rest.environment };
  const { status, stdout, stderr, error } = spawnSync(
    'unshare',
    [
      ...['--mount', '--pid', '--fork', '--kill-child', '--propagation', 'private', 'bash', '--norc', '-c', enter, 'enter'],
      ...Object.entries(environment).map(([name, value]) => `${name}=${value}`),
      ...command,
    ],
    {
      encoding: 'utf8',
      timeout: 60_000,
      env: {
        PATH: process.env['PATH'],
        SCRATCH: temporaryFolder(),
        STAGE: stage,
        FOLDERS: Object.entries(folders)
          .map((pair) => pair.join(':'))
          .join('\n'),
        WITHOUT: without.join('\n'),
        UMASK: rest.umask ?? '022',
        RUN_AS: String(rest.uid ?? 50001),
        DIRECTORY: rest.workingDirectory ?? '/',
      },
    },
  );
  if (error !== undefined) throw error;
  return { code: status, stdout, stderr };
}

/** Why this machine cannot do it, or undefined when it can. */
function obstacle(): string | undefined {
  if (process.platform !== 'linux') return `${process.platform} has no mount namespaces`;
  if (process.getuid?.() !== 0) return 'not root';
  const { code, stderr } = inside({ command: ['/bin/true'] });
  return code === 0 ? undefined : `no mount namespace with an overlay here: ${stderr.trim()}`;
}

/** `describe` where namespaces work; elsewhere one skipped test whose title says why. */
export function describeInside(title: string, tests: () => void): void {
  const reason = obstacle();
  if (reason === undefined) describe(title, tests);
  else test.skip(`${title} [${reason}]`, () => undefined);
}
