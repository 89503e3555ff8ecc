import type { Tool } from './tool';

/** `all`: home, names and what else is on NFS; `none`: nothing of the node. */
export type MountStorage = 'all' | 'none';

/** Who gives pods their mounts: the webhook volume-admission, or whoever declares the pod, where there is no such webhook. */
export type MountsBy = 'admission' | 'declared';

/** The label by which a pod of a tool says which storage it wants. */
export const STORAGE_LABEL = 'toolforge.org/mount-storage';

/** The label of nodes that have what `all` mounts. */
export const NFS_NODE_LABEL = 'kubernetes.wmcloud.org/nfs-mounted';

interface ToolVolume {
  readonly name: string;
  /** On the node and in the container. */
  readonly path: `/${string}`;
  readonly type: 'Directory' | 'File';
  readonly mode: 'ro' | 'rw';
}

/**
 * What volume-admission mounts into the pods of tools.
 *
 * @see facts of Toolforge, B.2
 */
export const TOOL_VOLUMES = [
  // The homes of all tools: they read from each other.
  { name: 'home', path: '/data/project', type: 'Directory', mode: 'rw' },
  { name: 'scratch', path: '/data/scratch', type: 'Directory', mode: 'rw' },
  { name: 'dumps', path: '/public/dumps', type: 'Directory', mode: 'ro' },
  // Where the links in /public/dumps lead to.
  { name: 'dumpsrc-clouddumps1001', path: '/mnt/nfs/dumps-clouddumps1001.wikimedia.org', type: 'Directory', mode: 'ro' },
  { name: 'dumpsrc-clouddumps1002', path: '/mnt/nfs/dumps-clouddumps1002.wikimedia.org', type: 'Directory', mode: 'ro' },
  // Writable: a socket that cannot be written cannot be connected to.
  { name: 'sssd-pipes', path: '/var/lib/sss/pipes', type: 'Directory', mode: 'rw' },
  { name: 'wmcs-project', path: '/etc/wmcs-project', type: 'File', mode: 'ro' },
  { name: 'etcldap-conf', path: '/etc/ldap.conf', type: 'File', mode: 'ro' },
  { name: 'etcldap-yaml', path: '/etc/ldap.yaml', type: 'File', mode: 'ro' },
  { name: 'etcnovaobserver-yaml', path: '/etc/novaobserver.yaml', type: 'File', mode: 'ro' },
  { name: 'etcopenstack-clouds', path: '/etc/openstack/clouds.yaml', type: 'File', mode: 'ro' },
] as const satisfies readonly ToolVolume[];

/** What each kind of storage adds to a pod's spec and to each of its containers, but for the environment. */
export const STORAGE = {
  all: {
    spec: {
      nodeSelector: { [NFS_NODE_LABEL]: 'true' },
      volumes: TOOL_VOLUMES.map(({ name, path, type }) => ({ name, hostPath: { path, type } })),
    },
    container: {
      volumeMounts: TOOL_VOLUMES.map(({ name, path, mode }) => ({
        name,
        mountPath: path,
        ...(mode === 'ro' && { readOnly: true }),
      })),
    },
  },
  none: {
    spec: {
      // Nodes with NFS are for those that need it.
      affinity: {
        nodeAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 100, preference: { matchExpressions: [{ key: NFS_NODE_LABEL, operator: 'NotIn', values: ['true'] }] } },
          ],
        },
      },
    },
    container: {},
  },
} as const satisfies Record<MountStorage, object>;

/** A variable of a container. */
export interface EnvVar {
  readonly name: string;
  readonly value: string;
}

/** A container as far as storage looks into it. */
export interface ToolContainer {
  readonly workingDir?: string;
  readonly env?: readonly EnvVar[];
  readonly [field: string]: unknown;
}

/** The template of a tool's pods, with its one container. */
export interface ToolPodTemplate {
  readonly metadata: { readonly labels: Readonly<Record<string, string>> };
  readonly spec: { readonly containers: readonly [ToolContainer]; readonly [field: string]: unknown };
}

/** Whose storage, and who mounts it. */
export interface PodStorageProps {
  readonly tool: Tool;
  readonly mount: MountStorage;
  readonly mountsBy: MountsBy;
}

/** A pod template with its storage: what volume-admission would make of it, or the label alone where the webhook itself will. */
export function withStorage(template: ToolPodTemplate, { tool, mount, mountsBy }: PodStorageProps): ToolPodTemplate {
  const metadata = { ...template.metadata, labels: { ...template.metadata.labels, [STORAGE_LABEL]: mount } };
  if (mountsBy === 'admission') return { ...template, metadata };
  const [container] = template.spec.containers;
  const complete = mount === 'all' ? withHome({ ...container, ...STORAGE.all.container }, tool) : container;
  return { metadata, spec: { ...template.spec, containers: [complete], ...STORAGE[mount].spec } };
}

/** HOME, unless the container has one or wants none (NO_HOME); without one its image decides where it starts. */
function withHome({ workingDir, env = [], ...container }: ToolContainer, { home }: Tool): ToolContainer {
  const has = (name: string): boolean => env.some((each) => each.name === name);
  const wantsNone = has('NO_HOME');
  return {
    ...container,
    ...(workingDir !== undefined && !wantsNone && { workingDir }),
    env: [...env, ...(wantsNone || has('HOME') ? [] : [{ name: 'HOME', value: home }]), { name: 'TOOL_DATA_DIR', value: home }],
  };
}
