import { execa } from 'execa';
import type { Settings } from '../lib/settings/settings';

/**
 * Runs a script in the cluster and gives what it prints: that is where mirror and registry can be reached from, whatever machine an
 * administrator sits at. One pod with the toolbox, which is gone afterwards.
 *
 * @param name - a DNS label, the beginning of the pod's name
 */
export async function inToolbox(
  { kubeContext, namespace, toolbox }: Settings,
  name: string,
  script: string,
  variables: Readonly<Record<string, string>>,
): Promise<string> {
  const context = kubeContext === undefined ? [] : ['--context', kubeContext];
  const pod = ['run', `${name}-${process.pid}`, '--rm', '--stdin', '--quiet', '--restart=Never', `--image=${toolbox}`];
  const withoutToken = `--overrides=${JSON.stringify({ spec: { automountServiceAccountToken: false } })}`;
  const env = Object.entries(variables).map(([variable, value]) => `--env=${variable}=${value}`);
  const { stdout } = await execa(
    'kubectl',
    [...context, '--namespace', namespace, ...pod, withoutToken, ...env, '--', 'bash', '-s'],
    {
      input: script,
      stderr: 'inherit',
    },
  );
  return stdout;
}
