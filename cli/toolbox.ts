import { execa, type ExecaError } from 'execa';
import { egressLabels } from '../lib/tekton/egress';
import type { Settings } from '../lib/settings/settings';

/**
 * Runs a script in the cluster and gives what it prints: that is where mirror and registry can be reached from, whatever machine an
 * administrator sits at. One pod with the toolbox, which is gone afterwards. What the script says meanwhile is shown.
 *
 * @param name - a DNS label, the beginning of the pod's name
 * @throws Error with the last lines of what it said, when it ends with another code than 0
 */
export async function inToolbox(
  { kubeContext, namespace, toolbox, registry: { pullSecret } }: Settings,
  name: string,
  script: string,
  variables: Readonly<Record<string, string>>,
): Promise<string> {
  const context = kubeContext === undefined ? [] : ['--context', kubeContext];
  const pod = ['run', `${name}-${process.pid}`, '--rm', '--stdin', '--quiet', '--restart=Never', `--image=${toolbox}`];
  const imagePullSecrets = pullSecret === undefined ? [] : [{ name: pullSecret }];
  const overrides = `--overrides=${JSON.stringify({ spec: { automountServiceAccountToken: false, imagePullSecrets } })}`;
  // Where network policies are enforced, pods of this namespace reach only what they say that they call.
  const allowed = Object.entries(egressLabels(['mirror', 'registry'])).map((pair) => pair.join('='));
  const env = Object.entries(variables).map(([variable, value]) => `--env=${variable}=${value}`);
  const command = [
    ...context,
    '--namespace',
    namespace,
    ...pod,
    overrides,
    `--labels=${allowed.join(',')}`,
    ...env,
    '--',
    'bash',
    '-s',
  ];
  const running = execa('kubectl', command, { input: script, stderr: 'pipe' });
  running.stderr?.pipe(process.stderr, { end: false });
  try {
    return (await running).stdout;
  } catch (error) {
    throw new Error(wordsOf(error as ExecaError, namespace), { cause: error });
  }
}

/** An ExecaError's own message has the whole command, with all that was given to the script. */
function wordsOf(error: ExecaError, namespace: string): string {
  if ((error as { code?: string }).code === 'ENOENT')
    return 'there is no `kubectl` on PATH. Install it, or take the embedded platform\'s: eval "$(npm run -s local -- env)"';
  const lines = error.stderr.trim().split('\n').slice(-5);
  return [`the toolbox in namespace ${namespace} ended with ${error.exitCode}:`, ...lines.map((line) => `  ${line}`)].join('\n');
}
