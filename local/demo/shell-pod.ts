/** `webservice <type> shell`: a login shell in a pod of the same shape and image as the webservice's. */
import { toolPath } from '../toolchain/modules';
import { statePath } from '../directories';
import { run } from '../run';
import type { Webservice } from './webservice';

/** The pod that `webservice shell` makes, but for the terminal: what is typed comes from us. */
export function shellPod({ template }: Pick<Webservice, 'template'>, name: string): object {
  const [{ image, ...container }] = template.spec.containers;
  const { ports, startupProbe, livenessProbe, readinessProbe, ...same } = container;
  const shell = { ...same, image, command: ['/bin/bash', '-il'], stdin: true, stdinOnce: true };
  const labels = {
    ...template.metadata.labels,
    name,
    version: '2',
    'app.kubernetes.io/component': 'webservice-interactive',
  };
  return { apiVersion: 'v1', metadata: { labels }, spec: { ...template.spec, restartPolicy: 'Never', containers: [shell] } };
}

/**
 * Types lines into a shell pod of a tool, and waits for the shell's end.
 *
 * @throws Error with what was shown, when the shell ends with another exit code than 0
 */
export async function typeIntoShell(webservice: Webservice, lines: string): Promise<void> {
  const name = `shell-${Math.floor(Date.now() / 1000)}`;
  const shown: string[] = [];
  const { exitCode } = await run(
    toolPath('kubernetes', 'kubectl'),
    [
      '--kubeconfig',
      statePath('kubeconfig'),
      '--namespace',
      webservice.namespace,
      'run',
      name,
      `--image=${webservice.image}`,
      '--restart=Never',
      '--rm',
      '--attach',
      '--stdin',
      '--pod-running-timeout=5m',
      `--overrides=${JSON.stringify(shellPod(webservice, name))}`,
    ],
    { input: lines, reject: false, onLine: (line) => shown.push(line) },
  );
  if (exitCode !== 0)
    throw new Error(
      `a shell of ${webservice.tool.name} in ${webservice.image} ended with ${exitCode ?? 'a signal'}; it showed:\n${shown.slice(-30).join('\n')}`,
    );
}
