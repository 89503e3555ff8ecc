/** `up`: makes the platform, or what is missing of it. */
import { rm } from 'node:fs/promises';
import type { ListrTask } from 'listr2';
import { Listr, PRESET_TIMER } from 'listr2';
import { cachePath, logFile } from '../directories';
import { requireCapabilities } from '../host/capabilities';
import { installPackages, missingPackages } from '../host/debian-packages';
import { finishInstallation, isInstallationUnfinished } from '../host/quiet-daemons';
import { pauseImage } from '../images/pause';
import { ensureComposed } from '../images/platform-image';
import { withLock } from '../lock';
import { findNode } from '../node/holder';
import { ensureBuilt, isBuilt } from '../toolchain/build';
import { clusterModules } from '../toolchain/modules';
import { Changes } from './changes';
import { concurrentTasks } from './steps';
import { clusterSteps } from './up-cluster';
import { ensureNodeIsUp } from './up-node';

export interface PlatformOptions {
  /** How progress is shown. @default 'default' on a terminal, 'verbose' elsewhere */
  readonly renderer?: 'default' | 'simple' | 'verbose' | 'silent';
}

const tasks: ListrTask<Changes>[] = [
  { title: 'Look at what this machine can do', task: () => requireCapabilities() },
  {
    title: 'Finish an interrupted installation of Debian packages',
    enabled: isInstallationUnfinished,
    task: finishInstallation,
  },
  {
    title: 'Install Debian packages',
    skip: async () => ((await missingPackages()).length === 0 ? 'Debian packages: all there' : false),
    task: async (changes, task) => {
      const packages = await missingPackages();
      await installPackages(packages, (message) => (task.output = message));
      // What could not be asked without these packages.
      await requireCapabilities();
      changes.record('installed', `${packages.length} Debian packages`);
    },
  },
  {
    title: 'Build programs (Kubernetes, Tekton, CoreDNS)',
    skip: () => (clusterModules.every(isBuilt) ? 'Programs: all built' : false),
    task: async (changes, task) => {
      for (const name of clusterModules.filter((module) => !isBuilt(module))) {
        await ensureBuilt(name, (message) => (task.output = message));
        changes.record('built', name);
      }
    },
  },
  {
    title: 'Set up the node (namespaces, network, control groups, keys)',
    task: (changes) => ensureNodeIsUp(changes),
  },
  {
    title: 'Start the cluster',
    task: async (changes, task) => {
      const pid = await findNode();
      if (pid === undefined) throw new Error(`the node has ended; see ${logFile('node')}`);
      // containerd's configuration has its digest.
      await ensureComposed(pauseImage(), (message) => (task.output = message));
      return task.newListr(concurrentTasks<Changes>(await clusterSteps(changes, pid)), { concurrent: true });
    },
  },
];

/** Makes the embedded platform run and work; what is there already is left alone. */
export async function ensurePlatform(options: PlatformOptions = {}): Promise<void> {
  const changes = new Changes();
  const started = Date.now();
  const say = (message: string): void => {
    if (options.renderer !== 'silent') console.log(message);
  };
  await withLock(
    'up',
    (holder) => {
      say(`Waiting: another command changes the platform: ${holder}`);
    },
    async () => {
      // Whatever a killed command left half done; we hold the lock, so nobody is at it.
      await rm(cachePath('temporary'), { recursive: true, force: true });
      const renderer = options.renderer ?? (process.stdout.isTTY ? 'default' : 'verbose');
      await new Listr<Changes, 'default' | 'simple' | 'verbose' | 'silent'>(tasks, {
        renderer,
        rendererOptions: { timer: PRESET_TIMER, collapseSubtasks: false },
      }).run(changes);
    },
  );
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  if (changes.isEmpty) say(`The platform is up; nothing was to do (${seconds} s).`);
  else say(`The platform is up after ${seconds} s: ${changes.toString()}.`);
}
