import { type Environment, renderEnvironment } from './environment';
import { unlessEmpty } from './params';
import type { ArrayReference } from './reference';
import { renderName, renderValue } from './text';

/**
 * One container of a task.
 *
 * Values reach the script as environment variables or arguments, never by substitution into its text: a value with a quote in it cannot
 * become code. Credentials are variables or mounts of the one step that needs them.
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
  /** What the script is called with; the variable of an array becomes one argument an element. @default - none */
  readonly args?: readonly (string | ArrayReference)[];
  /** Variables of this step alone. @default - none */
  readonly env?: Environment;
  /** Where declared volumes are mounted. @default - none */
  readonly mounts?: { readonly [K in V]?: string };
  /** Those of the mounts that the step may not write. @default - none */
  readonly readOnly?: readonly V[];
  /**
   * Who runs it. `nobody` is UID 65534 without any capability. A number is a user and group id, with what `nobody` may. `root` is UID 0
   * with these capabilities and no others, each of which must be needed for something.
   *
   * @default 'nobody'
   */
  readonly user?: User;
  /**
   * What the step needs: `cpu` in thousandths of a core, without a limit, and `memory` in MiB, which is its limit as well.
   *
   * @default 100 and 256
   */
  readonly resources?: Resources;
}

/** Who runs a step. */
export type User = 'nobody' | number | { readonly root: readonly Capability[] };

/**
 * The capabilities that root can be given: those that a container has by default, which Pod Security's level `baseline` allows.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
 */
export const CAPABILITIES = [
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
] as const;

/** One of them. */
export type Capability = (typeof CAPABILITIES)[number];

/** What a step needs. */
export interface Resources {
  readonly cpu: number;
  readonly memory: number;
}

const DEFAULT_RESOURCES: Resources = { cpu: 100, memory: 256 };

/**
 * The steps of a task. They run one after the other, so that the pod needs what the neediest of them needs, while Kubernetes adds up what
 * containers ask for: the one that needs most memory asks for all.
 */
export function renderSteps(steps: readonly Step[]): object[] {
  const all = steps.map(({ resources }) => resources ?? DEFAULT_RESOURCES);
  const most = { cpu: Math.max(...all.map(({ cpu }) => cpu)), memory: Math.max(...all.map(({ memory }) => memory)) };
  const asks = all.findIndex(({ memory }) => memory === most.memory);
  return steps.map((step, i) => renderStep(step, i === asks ? most : { cpu: 0, memory: 0 }));
}

/** The security context of a container that needs nothing. */
export const unprivileged = (uid: number): object => ({
  runAsNonRoot: true,
  runAsUser: uid,
  runAsGroup: uid,
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
});
const root = (capabilities: readonly Capability[]): object => ({
  ...unprivileged(0),
  runAsNonRoot: false,
  capabilities: { drop: ['ALL'], add: capabilities },
});

/** A step as Tekton writes it (tekton.dev/v1; `computeResources` since 0.45). */
function renderStep(step: Step, requests: Resources): object {
  const { memory } = step.resources ?? DEFAULT_RESOURCES;
  return {
    name: step.name,
    image: renderName(step.image),
    ...(step.args && { args: step.args.map(renderValue) }),
    env: unlessEmpty(renderEnvironment(step.env ?? {})),
    volumeMounts: unlessEmpty(
      Object.entries((step.mounts ?? {}) as Readonly<Record<string, string>>).map(([name, mountPath]) => ({
        name,
        mountPath: renderName(mountPath),
        ...(step.readOnly?.includes(name) && { readOnly: true }),
      })),
    ),
    computeResources: {
      requests: { cpu: cores(requests.cpu), memory: bytes(requests.memory) },
      limits: { memory: bytes(memory) },
    },
    securityContext: securityContextOf(step.user ?? 'nobody'),
    script: step.script,
  };
}

// As the API server writes quantities: written otherwise, every preview would show a change.
const cores = (thousandths: number): string => (thousandths % 1000 === 0 ? String(thousandths / 1000) : `${thousandths}m`);
const bytes = (mebi: number): string => (mebi === 0 ? '0' : mebi % 1024 === 0 ? `${mebi / 1024}Gi` : `${mebi}Mi`);

/** What a container of this user may, as Kubernetes writes it. */
export function securityContextOf(user: User): object {
  if (typeof user === 'object') return root(user.root);
  return unprivileged(user === 'nobody' ? 65534 : user);
}
