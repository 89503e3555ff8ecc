/** One TaskRun an image, as a controller makes them that looks at each image by itself. */
import { execFileSync } from 'node:child_process';
import { nodeAddress } from '../../local/addresses';
import { referenceOf } from '../../local/images/platform-image';
import { toolboxImage } from '../../local/images/toolbox';
import { findNode } from '../../local/node/holder';
import { kubectl, until } from '../../test/cluster/checkout';
import { Opening } from '../../test/cluster/node-network';

const NAMESPACE = 'bench-fleet';

/** An image, by what it is made from and what it is called then. */
export interface Rebased {
  readonly from: string;
  readonly to: string;
}

/** Runs one for each, all at once: the cluster decides how many pods it has at a time. They have to succeed. Seconds until all had ended. */
export async function rebaseByTaskRuns(
  registry: { readonly host: string },
  runImage: string,
  images: readonly Rebased[],
): Promise<number> {
  const node = await findNode();
  if (node === undefined) throw new Error('the embedded platform does not run; start it with: npm start');
  const port = registry.host.split(':')[1] ?? '';
  const opening = new Opening(node, ['-p', 'tcp', '-d', nodeAddress, '--dport', port]);
  kubectl('delete', 'namespace', NAMESPACE, '--ignore-not-found');
  try {
    opening.open();
    kubectl('create', 'namespace', NAMESPACE);
    const items = images.map(({ from, to }, i) =>
      taskRun(`rebase-${i}`, registry.host, ['rebase', '--run-image', runImage], `${from} ${to}`),
    );
    const start = performance.now();
    execFileSync('kubectl', ['--namespace', NAMESPACE, 'create', '--filename', '-'], {
      input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    const statuses = (): string[] => {
      const path = 'jsonpath={range .items[*]}{.status.conditions[0].status}{"\\n"}{end}';
      return kubectl('--namespace', NAMESPACE, 'get', 'taskruns', '--output', path).split('\n').slice(0, images.length);
    };
    await until('all TaskRuns have ended', () => statuses().every((each) => each === 'True' || each === 'False'), 600);
    const seconds = (performance.now() - start) / 1000;
    if (statuses().includes('False')) throw new Error(`of ${images.length} TaskRuns, some failed; look at ${NAMESPACE}`);
    return seconds;
  } finally {
    opening.close();
    kubectl('delete', 'namespace', NAMESPACE, '--ignore-not-found');
  }
}

function taskRun(name: string, host: string, words: readonly string[], fleet: string): object {
  const script = `#!/bin/bash\nset -eu\necho '${fleet}' >/tmp/fleet\ncsb-registry ${words.join(' ')} --fleet /tmp/fleet\n`;
  const env = [{ name: 'REGISTRY_PLAIN_HTTP', value: host }];
  return {
    apiVersion: 'tekton.dev/v1',
    kind: 'TaskRun',
    metadata: { name },
    spec: { taskSpec: { steps: [{ name: 'rebase', image: referenceOf(toolboxImage()), env, script }] } },
  };
}
