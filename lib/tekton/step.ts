import { type Reference, unlessEmpty } from './params';

/**
 * One container of a task.
 *
 * Values reach the script as environment variables, never by substitution into its text: a value with a quote in it cannot become code.
 *
 * @typeParam V - the names of the volumes that the task declares
 */
export interface Step<V extends string = string> {
  /** A DNS label, unique in its task. */
  readonly name: string;
  /** An image that the cluster may pull: a digest or a tag that is never moved. */
  readonly image: string;
  /** A whole script, with its `#!` line. Read it from a file of its own, which shellcheck reads as well (see `script()`). */
  readonly script: string;
  /** @default - none */
  readonly env?: Readonly<Record<string, string | Reference>>;
  /** Where declared volumes are mounted. @default - none */
  readonly mounts?: { readonly [K in V]?: string };
  /**
   * Who runs it. `nobody` is UID 65534 without any capability; `root` is UID 0 with a container's default capabilities and must be
   * needed for something (making a root filesystem needs chown and chroot). A number is a user and group id, with what `nobody` may.
   *
   * @default 'nobody'
   */
  readonly user?: 'nobody' | 'root' | number;
  /** What the container asks for; limits equal requests for memory, CPU has no limit. @default 100m and 256Mi */
  readonly resources?: { readonly cpu: string; readonly memory: string };
}

const unprivileged = (uid: number): object => ({
  runAsNonRoot: true,
  runAsUser: uid,
  runAsGroup: uid,
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
});
const ROOT = {
  runAsNonRoot: false,
  runAsUser: 0,
  runAsGroup: 0,
  allowPrivilegeEscalation: false,
  seccompProfile: { type: 'RuntimeDefault' },
};

/** A step as Tekton writes it (tekton.dev/v1; `computeResources` since 0.45). */
export function renderStep(step: Step): object {
  const { cpu, memory } = step.resources ?? { cpu: '100m', memory: '256Mi' };
  return {
    name: step.name,
    image: step.image,
    env: unlessEmpty(Object.entries(step.env ?? {}).map(([name, value]) => ({ name, value }))),
    volumeMounts: unlessEmpty(Object.entries(step.mounts ?? {}).map(([name, mountPath]) => ({ name, mountPath }))),
    computeResources: { requests: { cpu, memory }, limits: { memory } },
    securityContext: securityContextOf(step.user ?? 'nobody'),
    script: step.script,
  };
}

function securityContextOf(user: 'nobody' | 'root' | number): object {
  if (user === 'root') return ROOT;
  return unprivileged(user === 'nobody' ? 65534 : user);
}
