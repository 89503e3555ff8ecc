/** A plain Debian, made for one script and gone after it: what there was before any image of ours. */
import { hostAddress, packageCachePort } from '../addresses';
import { run } from '../run';

const server = `${hostAddress}:${packageCachePort}`;

/** Where packages come from. Bullseye's later archives name files that are gone; what it was released with is there. */
function sources(suite: string): readonly string[] {
  const released = `deb http://${server}/debian ${suite} main`;
  if (suite === 'bullseye') return [released];
  return [
    released,
    `deb http://${server}/debian ${suite}-updates main`,
    `deb http://${server}/debian-security ${suite}-security main`,
  ];
}

// Newer releases have it anyway.
const MERGED_USR = '--setup-hook=/usr/share/mmdebstrap/hooks/merged-usr/setup00.sh';

/** What is to be there, and what is done in it. */
export interface PlainDebian {
  /** The release, by its code name. @default 'bookworm' */
  readonly suite?: 'bullseye' | 'bookworm' | 'trixie';
  /** Packages beyond the essential ones. */
  readonly packages: readonly string[];
  /** A file for `sh`, a customize hook of mmdebstrap: its argument is the root filesystem, as root of this machine. */
  readonly script: string;
  /** Variables of the script. */
  readonly env: Readonly<Record<string, string>>;
  /** A folder of this machine for the root filesystem. */
  readonly scratch: string;
}

/**
 * Makes it from the platform's package cache, as root on Linux with mmdebstrap, and runs the script.
 *
 * @throws Error with what was said, when the script fails
 */
export async function inPlainDebian({ suite = 'bookworm', packages, script, env, scratch }: PlainDebian): Promise<void> {
  // Namespaces of its own: however it ends, no process and no mount of the root filesystem stays.
  const apart = ['unshare', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
  const merged = suite === 'bullseye' ? [MERGED_USR] : [];
  const options = ['--mode=root', '--variant=minbase', `--include=${packages.join(',')}`, `--customize-hook=sh '${script}' "$1"`];
  await run(
    'setpriv',
    ['--pdeathsig', 'KILL', ...apart, 'mmdebstrap', ...merged, ...options, suite, '/dev/null', ...sources(suite)],
    { env: { TMPDIR: scratch, LC_ALL: 'C.UTF-8', ...env } },
  );
}
