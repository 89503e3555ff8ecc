import { isPort } from './pod-rules';
import type { Manifest } from './synthesized';

interface Spec {
  readonly replicas?: unknown;
  readonly ports?: readonly {
    readonly name?: string;
    readonly port?: unknown;
    readonly targetPort?: unknown;
    readonly protocol?: string;
  }[];
  readonly selector?: { readonly matchLabels?: Readonly<Record<string, string>> };
  readonly template?: { readonly metadata?: { readonly labels?: Readonly<Record<string, string>> } };
  readonly backoffLimit?: unknown;
  readonly ttlSecondsAfterFinished?: unknown;
  readonly jobTemplate?: { readonly spec?: Spec };
}

const REPLICATED = new Set(['Deployment', 'ReplicaSet', 'StatefulSet']);
const SELECTING = new Set([...REPLICATED, 'DaemonSet']);

/** Numbers and selectors of an object that only the API server would refuse. */
export function objectProblems(manifest: Manifest): string[] {
  const spec = (manifest['spec'] ?? {}) as Spec;
  switch (manifest.kind) {
    case 'Service':
      return portProblems(spec);
    case 'Job':
      return jobProblems(spec);
    case 'CronJob':
      return jobProblems(spec.jobTemplate?.spec ?? {});
    default:
      return [
        ...(REPLICATED.has(manifest.kind) ? wholeNumber('replicas', spec.replicas) : []),
        ...(SELECTING.has(manifest.kind) ? selectorProblems(spec) : []),
      ];
  }
}

function jobProblems({ backoffLimit, ttlSecondsAfterFinished }: Spec): string[] {
  return [...wholeNumber('backoffLimit', backoffLimit), ...wholeNumber('ttlSecondsAfterFinished', ttlSecondsAfterFinished)];
}

function wholeNumber(name: string, value: unknown): string[] {
  if (value === undefined || (Number.isInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 31)) return [];
  return [`${name} is ${JSON.stringify(value)}; expected a whole number from 0 on`];
}

function portProblems({ ports = [] }: Spec): string[] {
  const keys = ports.map(({ port, protocol = 'TCP' }) => `${String(port)}/${protocol}`);
  return [
    ...ports
      .flatMap(({ port, targetPort }) => [port, ...(typeof targetPort === 'string' ? [] : [targetPort ?? port])])
      .filter((port) => !isPort(port))
      .map((port) => `it has the port ${String(port)}; expected a whole number from 1 to 65535`),
    ...keys.filter((key, i) => keys.indexOf(key) < i).map((key) => `two of its ports are ${key}; change one`),
    ...(ports.length > 1 && ports.some(({ name }) => name === undefined)
      ? ['one of its ports has no name; with more than one, each has to have one']
      : []),
  ];
}

function selectorProblems({ selector, template }: Spec): string[] {
  const labels = template?.metadata?.labels ?? {};
  return Object.entries(selector?.matchLabels ?? {})
    .filter(([key, value]) => labels[key] !== value)
    .map(
      ([key, value]) =>
        `it selects pods with ${key}=${value}, and its own have ${labels[key] ?? 'none'}; give both the same labels`,
    );
}
