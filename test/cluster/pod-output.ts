import { execFileSync } from 'node:child_process';

/** A pod that runs to its end, in which namespace. */
interface Ending {
  readonly name: string;
  readonly namespace: string;
  readonly spec: object;
}

/** What a pod that ends prints. It is read from its log: to attach to a program that ends at once can be too late. */
export function outputOfPod({ name, namespace, spec }: Ending): string {
  const kubectl = (args: readonly string[], input?: string): string =>
    execFileSync('kubectl', ['--namespace', namespace, ...args], {
      encoding: 'utf8',
      ...(input !== undefined && { input }),
      stdio: ['pipe', 'pipe', 'pipe'],
    });
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: { restartPolicy: 'Never', ...spec } };
  kubectl(['delete', 'pod', name, '--ignore-not-found']);
  kubectl(['apply', '--filename=-'], JSON.stringify(pod));
  try {
    kubectl(['wait', 'pod', name, '--for=jsonpath={.status.phase}=Succeeded', '--timeout=120s']);
    return kubectl(['logs', name]);
  } finally {
    kubectl(['delete', 'pod', name, '--wait=false']);
  }
}
