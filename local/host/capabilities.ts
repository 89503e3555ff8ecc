/** What a machine must be able to do to carry the platform, asked of the machine itself and reported all at once. */
import { mkdir, readFile, rm, stat, statfs } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from '../run';
import semver from 'semver';
import { cachePath, statePath } from '../directories';
import { missingControllers } from '../node/cgroups';
import { isBuilt } from '../toolchain/build';
import { moduleFolder } from '../toolchain/modules';
import { isPulumiInstalled, neededModules } from '../toolchain/pulumi-installation';
import { hasApt, installCommand, missingPackages } from './debian-packages';

const GIB = 1024 ** 3;

const succeeds = async (program: string, ...arguments_: string[]): Promise<boolean> =>
  (await run(program, arguments_, { reject: false })).exitCode === 0;

/** The newest Go that a module which has to be built asks for in its go.mod. */
async function neededGo(): Promise<semver.SemVer | null> {
  const files = neededModules().map((name) => readFile(join(moduleFolder(name), 'go.mod'), 'utf8'));
  const versions = (await Promise.all(files)).map((text) => semver.coerce(/^go (\S+)$/m.exec(text)?.[1]));
  return versions.reduce((newest, version) =>
    version !== null && (newest === null || semver.gt(version, newest)) ? version : newest,
  );
}

async function checkGo(): Promise<string[]> {
  const { stdout, exitCode } = await run('go', ['env', 'GOVERSION'], { reject: false, env: { GOTOOLCHAIN: 'local' } });
  const found = semver.coerce(exitCode === 0 ? stdout : '');
  const needed = await neededGo();
  if (needed === null || (found !== null && semver.gte(found, needed))) return [];
  const programs = `the cluster's programs${isPulumiInstalled() ? '' : ' and Pulumi, of which PATH has none that is new enough'}`;
  return [`Go ${needed.version} or newer on PATH, to build ${programs} (found: ${found?.version ?? 'none'})`];
}

async function checkKernel(): Promise<string[]> {
  const missing: string[] = [];
  const namespaces = ['--mount', '--net', '--pid', '--uts', '--ipc', '--fork', '--mount-proc'];
  if (!(await succeeds('unshare', ...namespaces, 'mount', '-t', 'tmpfs', 'probe', '/mnt'))) {
    missing.push('the right to make namespaces and mounts (CAP_SYS_ADMIN; in a container: --privileged)');
  }
  // Loading modules is for kernels that have them as modules; where they are built in, or may not be loaded, the checks below tell.
  await run('modprobe', ['--all', '--quiet', 'overlay', 'br_netfilter', 'veth', 'bridge', 'nf_conntrack'], { reject: false });
  const probe = statePath('overlay-probe');
  const stack = `cd "$1" && mkdir a b c d && mount -t overlay -o lowerdir=a,upperdir=b,workdir=c overlay d`;
  await rm(probe, { recursive: true, force: true });
  await mkdir(probe, { recursive: true });
  if (!(await succeeds('unshare', '--mount', '--propagation', 'private', 'sh', '-c', stack, 'sh', probe))) {
    missing.push(`overlayfs on the filesystem of ${statePath()} (XDG_STATE_HOME chooses another place)`);
  }
  await rm(probe, { recursive: true, force: true });
  const links = 'ip link add probe0 type veth peer name probe1 && ip link add probe2 type bridge';
  if ((await succeeds('ip', '-V')) && !(await succeeds('unshare', '--net', 'sh', '-c', links))) {
    missing.push('veth and bridge interfaces in the kernel');
  }
  const rules = 'iptables -t nat -A POSTROUTING -m conntrack --ctstate NEW -m comment --comment probe -j MASQUERADE';
  if ((await succeeds('iptables', '--version')) && !(await succeeds('unshare', '--net', 'sh', '-c', rules))) {
    missing.push('iptables with nat, conntrack and comments in the kernel');
  }
  const controllers = await missingControllers();
  if (controllers.length > 0) missing.push(`control groups, version 1 or 2, with: ${controllers.join(', ')}`);
  return missing;
}

// Directories may be made later: what counts is the filesystem that they will be on.
async function existing(directory: string): Promise<string> {
  return stat(directory).then(
    () => directory,
    () => existing(dirname(directory)),
  );
}

interface Space {
  readonly directory: string;
  readonly gib: number;
}

async function neededSpace(): Promise<Space[]> {
  const ours = [
    { directory: statePath(), gib: 4 },
    { directory: cachePath(), gib: 2 },
  ];
  if (neededModules().every(isBuilt)) return ours;
  // What Go downloads and what it compiles.
  const { stdout } = await run('go', ['env', 'GOMODCACHE', 'GOCACHE']);
  const [modules = '/', builds = '/'] = stdout.split('\n');
  return [...ours, { directory: modules, gib: 5 }, { directory: builds, gib: 7 }];
}

async function checkSize(): Promise<string[]> {
  const missing: string[] = [];
  const byDevice = new Map<number, Space[]>();
  for (const { directory, gib } of await neededSpace()) {
    const place = await existing(directory);
    const { dev } = await stat(place);
    byDevice.set(dev, [...(byDevice.get(dev) ?? []), { directory: place, gib }]);
  }
  for (const spaces of byDevice.values()) {
    const needed = spaces.reduce((sum, { gib }) => sum + gib, 0);
    const { bavail, bsize } = await statfs(spaces[0]?.directory ?? '/');
    const places = [...new Set(spaces.map(({ directory }) => directory))].join(', ');
    if (bavail * bsize < needed * GIB)
      missing.push(`${needed} GiB of free disk at ${places} (found: ${((bavail * bsize) / GIB).toFixed(1)})`);
  }
  if (totalmem() < 3.5 * GIB) missing.push(`4 GiB of memory (found: ${(totalmem() / GIB).toFixed(1)})`);
  return missing;
}

/** Everything that the machine lacks, as phrases that follow "this machine lacks". */
export async function missingCapabilities(): Promise<string[]> {
  if (process.platform !== 'linux') return [`Linux (found: ${process.platform})`];
  const go = await checkGo();
  if (process.getuid?.() !== 0) {
    const packages = hasApt() ? await missingPackages() : [];
    const install = packages.length > 0 ? [`Debian packages; an administrator can run: ${installCommand(packages)}`] : [];
    return ["root's rights (namespaces, mounts, control groups)", ...go, ...install];
  }
  const apt = hasApt() ? [] : ['apt and dpkg of Debian 12 or a relative'];
  return [...go, ...apt, ...(await checkKernel()), ...(go.length > 0 ? [] : await checkSize())];
}

/** Fails with all that is missing, and with what works all the same. */
export async function requireCapabilities(): Promise<void> {
  const missing = await missingCapabilities();
  if (missing.length === 0) return;
  throw new Error(
    `this machine cannot run the embedded platform. It lacks:\n${missing.map((what) => `  - ${what}`).join('\n')}\n` +
      'What works all the same:\n' +
      '  - npm test (everything that needs no cluster)\n' +
      '  - npm run synth (manifests of every environment into dist/)\n' +
      "  - pulumi up against a cluster of one's own, with KUBECONFIG naming it",
  );
}
