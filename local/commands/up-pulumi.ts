/** The part of `up` that nothing in the cluster needs: it goes on while the cluster starts and its images are made, and gives way to them. */
import { run } from '../run';
import { ensureBuilt, isBuilt } from '../toolchain/build';
import { ensurePlugin } from '../toolchain/kubernetes-plugin';
import { pulumiKubernetesVersion } from '../toolchain/modules';
import { pulumiFolders, pulumiModules } from '../toolchain/pulumi-installation';
import type { Changes } from './changes';
import type { Step } from './steps';

const LEAST_PRIORITY = 19;

/** Seconds for a download of some 40 MB; where there is no way to it, they are waited for once. */
const PATIENCE = 20;

async function download(): Promise<void> {
  const install = ['pulumi', 'plugin', 'install', 'resource', 'kubernetes', pulumiKubernetesVersion];
  const path = [...pulumiFolders(), process.env['PATH'] ?? ''].join(':');
  await run('timeout', [String(PATIENCE), ...install], {
    reject: false,
    env: { PATH: path, PULUMI_SKIP_UPDATE_CHECK: 'true' },
  });
}

/** Pulumi, its language host and its Kubernetes plugin, as far as the machine lacks them. */
export function pulumiStep(changes: Changes): Step {
  return {
    name: 'pulumi',
    title: 'Pulumi and its Kubernetes plugin',
    after: [],
    work: async (progress) => {
      for (const name of pulumiModules().filter((module) => !isBuilt(module))) {
        await ensureBuilt(name, progress, LEAST_PRIORITY);
        changes.record('built', name);
      }
      const done = await ensurePlugin({
        download,
        build: () => ensureBuilt('pulumi-kubernetes', progress, LEAST_PRIORITY),
      });
      if (done !== undefined) changes.record(done, "Pulumi's Kubernetes plugin");
    },
  };
}
