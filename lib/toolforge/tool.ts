import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';

/** A tool's user id, which is its group id too. */
export type ToolUid = number & { readonly __brand: 'ToolUid' };

/** Who a tool is: the same names and numbers in LDAP, on NFS and in Kubernetes. */
export interface Tool {
  readonly name: string;
  readonly uid: ToolUid;
  /** The Unix account, as sssd resolves it: `<project>.<name>`. */
  readonly account: `${string}.${string}`;
  /** The home directory, on NFS, as its pods see it. */
  readonly home: `/data/project/${string}`;
  readonly namespace: `tool-${string}`;
}

const FIRST_UID = 50000;

/**
 * A tool of a project (`tools`, `toolsbeta`).
 *
 * @throws Error when the name makes no namespace, or the UID is none of a tool
 */
export function toolOf(project: string, { name, uid }: { readonly name: string; readonly uid: number }): Tool {
  const namespace = `tool-${name}` as const;
  if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name) || namespace.length > 63)
    throw new Error(
      `'${name}' cannot be a tool's name: its namespace '${namespace}' has to be a DNS label of at most 63 characters. ` +
        'Use lower-case letters, digits and -',
    );
  if (!Number.isInteger(uid) || uid < FIRST_UID)
    throw new Error(
      `tool '${name}' has the UID ${uid}, but tools have whole numbers from ${FIRST_UID} on: below are people and daemons`,
    );
  return { name, uid: uid as ToolUid, account: `${project}.${name}`, home: `/data/project/${name}`, namespace };
}

/**
 * A tool's namespace, for clusters where nobody else makes it: in Toolforge, maintain-kubeusers does.
 *
 * It admits pods that mount directories of the node, as every tool's pod does; Pod Security knows no level for that but `privileged`.
 */
export class ToolNamespace extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, tool: Tool) {
    super(scope, id);
    this.name = tool.namespace;
    new ApiObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: tool.namespace,
        labels: { name: tool.namespace, tenancy: 'tool', 'pod-security.kubernetes.io/enforce': 'privileged' },
      },
    });
  }
}

/** `all`: home, names and what else is on NFS; `none`: nothing of the node. */
export type MountStorage = 'all' | 'none';

/** Who gives pods their mounts: the webhook volume-admission, or whoever declares the pod, where there is no such webhook. */
export type MountsBy = 'admission' | 'declared';

/** What storage adds to a pod: labels of the pod, its volumes, and each container's mounts and environment. */
export interface PodStorage {
  readonly labels: Readonly<Record<string, string>>;
  readonly volumes?: readonly object[];
  readonly volumeMounts?: readonly object[];
  readonly env?: readonly { readonly name: string; readonly value: string }[];
}

// Of the eleven that volume-admission mounts, the two without which a tool does not run as itself. A declared hostPath that one node
// lacks keeps the pod from starting there, so the rest stays with the webhook, which knows its nodes (docs/demo-tools.md).
const DECLARED = [
  { name: 'home', path: '/data/project' },
  // Writable: a socket that cannot be written cannot be connected to.
  { name: 'sssd-pipes', path: '/var/lib/sss/pipes' },
] as const;

/** What volume-admission makes of a tool's pod, or the label alone where the webhook itself will. */
export function storageOf(tool: Tool, mount: MountStorage, by: MountsBy): PodStorage {
  const labels = { 'toolforge.org/mount-storage': mount };
  if (by === 'admission' || mount === 'none') return { labels };
  return {
    labels,
    volumes: DECLARED.map(({ name, path }) => ({ name, hostPath: { path, type: 'Directory' } })),
    volumeMounts: DECLARED.map(({ name, path }) => ({ name, mountPath: path })),
    env: [
      { name: 'HOME', value: tool.home },
      { name: 'TOOL_DATA_DIR', value: tool.home },
    ],
  };
}
