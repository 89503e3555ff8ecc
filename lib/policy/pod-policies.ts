import { type Container, type PodSpec, podSpecsOf, type SecurityContext } from '../synth/pod-specs';
import type { Policy, PolicyName, Violation } from './policy';

/** A policy that looks at one container, or step, at a time. */
export function containerPolicy(
  name: PolicyName,
  rule: string,
  check: (container: Container, pod: PodSpec, called: string) => readonly string[],
): Policy {
  return {
    name,
    rule,
    check: ({ manifest }) =>
      podSpecsOf(manifest).flatMap((pod) =>
        pod.containers.flatMap((container, i): readonly Violation[] => {
          const id = container.name ?? `unnamed-${i}`;
          return check(container, pod, `${pod.noun} '${id}'`).map((message) => ({ container: id, message }));
        }),
      ),
  };
}

/** What a container may, by itself or by its pod. */
function effective({ securityContext: own }: Container, { securityContext: pod }: PodSpec): SecurityContext {
  return { ...pod, ...own };
}

/** No container is root. */
export const nonRoot = containerPolicy('non-root', 'No container runs as root.', (container, pod, called) => {
  const { runAsNonRoot, runAsUser } = effective(container, pod);
  if (runAsUser === 0) return [`${called} runs as root; give it another user`];
  return runAsNonRoot === true ? [] : [`${called} may run as root, if its image says so; set runAsNonRoot`];
});

/** Every container drops all capabilities. */
export const capabilities = containerPolicy(
  'capabilities',
  'No container has a capability, or can get one.',
  (container, pod, called) => {
    const { privileged, allowPrivilegeEscalation, capabilities: own } = effective(container, pod);
    const added = own?.add ?? [];
    return [
      ...(privileged === true ? [`${called} is privileged; a build needs nothing of the node`] : []),
      ...(allowPrivilegeEscalation === false ? [] : [`${called} may gain privileges; set allowPrivilegeEscalation to false`]),
      ...(added.length > 0 ? [`${called} adds the capabilities ${added.join(', ')}; add none`] : []),
      ...(own?.drop?.includes('ALL') ? [] : [`${called} keeps the capabilities that containers have by default; drop ALL`]),
    ];
  },
);

/** Every container has the seccomp profile of the container runtime. */
export const seccomp = containerPolicy(
  'seccomp',
  "Every container runs under the runtime's seccomp profile, or one of its own.",
  (container, pod, called) => {
    const type = effective(container, pod).seccompProfile?.type;
    if (type === 'RuntimeDefault' || type === 'Localhost') return [];
    return [`${called} has the seccomp profile ${type ?? '(none)'}; set RuntimeDefault`];
  },
);

/**
 * Kubernetes adds up what the containers of a pod ask for, but the steps of a task run one after the other. So the neediest step may ask
 * for all of them, and no step needs a request of its own.
 */
export const resources: Policy = {
  name: 'resources',
  rule: 'Every container has a memory limit, and every pod asks for the memory and the processor time that it needs.',
  check: ({ manifest }) =>
    podSpecsOf(manifest).flatMap(({ containers, noun }): readonly Violation[] => {
      const all = containers.map((container, i) => ({
        id: container.name ?? `unnamed-${i}`,
        ...(container.computeResources ?? container.resources),
      }));
      const unlimited = all
        .filter(({ limits }) => limits?.['memory'] === undefined)
        .map(({ id }) => ({ container: id, message: `${noun} '${id}' has no memory limit; give it one` }));
      const unasked = ['cpu', 'memory']
        .filter((each) => all.every(({ requests }) => Number.parseFloat(String(requests?.[each] ?? 0)) === 0))
        .map((each) => ({ message: `no ${noun} asks for ${each}; set it in the requests of the neediest one` }));
      return [...unlimited, ...unasked];
    }),
};
