/** `logs`: what a component has written. */
import { existsSync } from 'node:fs';
import { run } from '../run';
import { showKubectl } from '../cluster/kubectl';
import { componentNames } from '../components/all';
import { logFile } from '../directories';

const podNamespaces: Readonly<Record<string, string>> = { coredns: 'kube-system', tekton: 'tekton-pipelines' };

/** Names that `logs` knows. */
export const logNames = ['node', ...componentNames, ...Object.keys(podNamespaces)];

export async function logs(component: string, options: { follow?: true; lines: string }): Promise<void> {
  const namespace = podNamespaces[component];
  if (namespace !== undefined) {
    const selector = component === 'coredns' ? 'k8s-app=kube-dns' : 'app.kubernetes.io/part-of=tekton-pipelines';
    const follow = options.follow === true ? ['--follow', '--max-log-requests=20'] : [];
    await showKubectl(
      '--namespace',
      namespace,
      'logs',
      '--prefix',
      `--selector=${selector}`,
      `--tail=${options.lines}`,
      ...follow,
    );
    return;
  }
  if (!logNames.includes(component)) throw new Error(`no component is called "${component}"; there are ${logNames.join(', ')}`);
  if (!existsSync(logFile(component)))
    throw new Error(`${component} has written nothing yet: ${logFile(component)} does not exist`);
  const follow = options.follow === true ? ['--follow=name', '--retry'] : [];
  await run('tail', [`--lines=${options.lines}`, ...follow, logFile(component)], { inherit: true, reject: false });
}
