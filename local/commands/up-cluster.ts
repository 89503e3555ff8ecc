/** The second half of `up`: everything that runs on the node, each part as soon as what it needs is there. */
import { applyDns, probeDns } from '../cluster/dns';
import { labelCluster, labelNode, probeNode } from '../cluster/identity';
import { applyTekton, probeTekton } from '../cluster/tekton';
import { waitFor } from '../cluster/wait';
import { allComponents } from '../components/all';
import { ComponentFailure, ensureComponent } from '../components/supervisor';
import { coreDnsImage } from '../images/coredns';
import { lifecycleImage } from '../images/lifecycle';
import { forgetMovedAlias } from '../images/node-copy';
import { pauseImage } from '../images/pause';
import type { PlatformImage } from '../images/platform-image';
import { ensureImage } from '../images/platform-image';
import { tektonImage, tektonPrograms } from '../images/tekton';
import { toolboxImage } from '../images/toolbox';
import { findProcess } from '../node/processes';
import type { Changes } from './changes';
import type { Step } from './steps';
import { pulumiStep } from './up-pulumi';

const imageStep = (image: PlatformImage, changes: Changes, after: readonly string[]): Step => ({
  name: image.repository,
  title: `Image ${image.repository}`,
  after,
  work: async (progress) => {
    if (await ensureImage(image, progress)) changes.record('pushed', image.repository);
  },
});

function imageSteps(changes: Changes): Step[] {
  // One after the other: composing is the work of one core, and the cluster starts at the same time.
  const steps: Step[] = [];
  const chain = [pauseImage(), coreDnsImage(), ...tektonPrograms.map(tektonImage), lifecycleImage()];
  for (const image of chain) steps.push(imageStep(image, changes, ['registry', ...steps.slice(-1).map(({ name }) => name)]));
  return [...steps, imageStep(toolboxImage(), changes, ['registry', 'package-cache', 'platform/coredns'])];
}

const startOf = async (component: string): Promise<Date> => (await findProcess(component))?.since ?? new Date();

/** Everything between an empty node and a cluster that builds. */
export async function clusterSteps(changes: Changes, nodePid: number): Promise<Step[]> {
  const components = (await allComponents()).map((component): Step => ({
    name: component.name,
    title: component.name,
    after: component.after,
    work: async () => {
      const outcome = await ensureComponent(component, nodePid);
      if (outcome !== 'unchanged') changes.record(outcome, component.name);
    },
  }));
  const images = imageSteps(changes);
  const tektonImages = tektonPrograms.map((program) => tektonImage(program).repository);
  const node: Step = {
    name: 'node',
    title: 'Node is Ready',
    after: ['kubelet', 'kube-controller-manager'],
    work: async () => {
      const since = await startOf('kubelet');
      await labelCluster();
      try {
        await waitFor('the node', 60, () => probeNode(since));
        await labelNode();
      } catch (error) {
        throw await ComponentFailure.describe('kubelet', (error as Error).message);
      }
    },
  };
  // What the first pod of ours pulls is the image that its tag names now.
  const aliases: Step = {
    name: 'aliases',
    title: 'The node has no old image by a name of ours',
    after: ['containerd', 'platform/toolbox', 'platform/lifecycle'],
    work: async () => {
      for (const image of [toolboxImage(), lifecycleImage()])
        if (await forgetMovedAlias(image, nodePid)) changes.record('pushed', image.repository);
    },
  };
  const dns: Step = {
    name: 'dns',
    title: 'Cluster DNS answers',
    after: ['node', 'kube-proxy', 'kube-scheduler', 'platform/pause', 'platform/coredns'],
    work: async () => {
      await applyDns();
      // A kubelet that starts takes pods for unready until it has asked them, which is after its first report.
      await waitFor('CoreDNS', 90, probeDns, changes.isEmpty ? 1 : 6);
    },
  };
  const tekton: Step = {
    name: 'tekton',
    title: 'Tekton Pipelines answers',
    // Its manifest names the toolbox, too, which its shell is taken from.
    after: ['dns', 'aliases', ...tektonImages],
    work: async (progress) => {
      const since = await startOf('node');
      progress('applying its manifest');
      if (await applyTekton()) changes.record('installed', 'Tekton Pipelines');
      await waitFor('Tekton', 180, async () => {
        await probeTekton(since).catch((error: unknown) => {
          progress((error as Error).message.split('\n')[0] ?? '');
          throw error;
        });
      });
    },
  };
  return [...components, ...images, aliases, node, dns, tekton, pulumiStep(changes)];
}
