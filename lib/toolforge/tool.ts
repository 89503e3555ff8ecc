declare const toolUid: unique symbol;
/** A tool's user id, which is its group id too. */
export type ToolUid = number & { readonly [toolUid]: true };

/** Who a tool is: the same names and numbers in LDAP, on NFS and in Kubernetes. Made by `toolOf()`. */
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
// The greatest that Kubernetes takes: kubernetes/kubernetes#96147.
const LAST_UID = 2147483647;

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
  if (!Number.isInteger(uid) || uid < FIRST_UID || uid > LAST_UID)
    throw new Error(
      `tool '${name}' has the UID ${uid}, but tools have whole numbers from ${FIRST_UID} to ${LAST_UID}: below are people and daemons, above is nothing that Kubernetes takes. ` +
        `Take the number that \`id -u ${project}.${name}\` prints`,
    );
  return { name, uid: uid as ToolUid, account: `${project}.${name}`, home: `/data/project/${name}`, namespace };
}
