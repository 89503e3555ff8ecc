/** Types into a login shell of a tool, as its maintainer would. */
import { statePath } from '../directories';
import { run } from '../run';
import { toolPath } from '../toolchain/modules';
import { shellPod } from './shell-pod';
import type { Webservice } from './webservice';

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
