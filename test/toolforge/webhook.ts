/** What the webhook volume-admission does to a pod of a tool, restated from the facts (B.2) without the table of lib/toolforge. */
import type { ToolContainer, ToolPodTemplate } from '../../lib/toolforge/pod-storage';

// name | path | type | mode
const TABLE = `
home                    | /data/project                                 | Directory | rw
scratch                 | /data/scratch                                 | Directory | rw
dumps                   | /public/dumps                                 | Directory | ro
dumpsrc-clouddumps1001  | /mnt/nfs/dumps-clouddumps1001.wikimedia.org   | Directory | ro
dumpsrc-clouddumps1002  | /mnt/nfs/dumps-clouddumps1002.wikimedia.org   | Directory | ro
sssd-pipes              | /var/lib/sss/pipes                            | Directory | rw
wmcs-project            | /etc/wmcs-project                             | File      | ro
etcldap-conf            | /etc/ldap.conf                                | File      | ro
etcldap-yaml            | /etc/ldap.yaml                                | File      | ro
etcnovaobserver-yaml    | /etc/novaobserver.yaml                        | File      | ro
etcopenstack-clouds     | /etc/openstack/clouds.yaml                    | File      | ro`;
const rows = TABLE.trim()
  .split('\n')
  .map((row) => row.split('|').map((cell) => cell.trim()));

/** The pod as the API server stores it after the webhook. */
export function admit(namespace: string, pod: ToolPodTemplate): ToolPodTemplate {
  const mount = pod.metadata.labels['toolforge.org/mount-storage'] ?? 'all';
  if (!namespace.startsWith('tool-') || !['all', 'none'].includes(mount)) throw new Error('denied');
  for (const volume of (pod.spec['volumes'] ?? []) as readonly object[]) if ('hostPath' in volume) throw new Error('denied');
  if (mount === 'none') {
    const preference = { matchExpressions: [{ key: 'kubernetes.wmcloud.org/nfs-mounted', operator: 'NotIn', values: ['true'] }] };
    const preferred = { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, preference }] };
    return { ...pod, spec: { ...pod.spec, affinity: { nodeAffinity: preferred } } };
  }
  const home = `/data/project/${namespace.slice('tool-'.length)}`;
  const container: { -readonly [field in keyof ToolContainer]: ToolContainer[field] } = { ...pod.spec.containers[0] };
  const env = [...(container.env ?? [])];
  const isSet = (name: string): boolean => env.some((each) => each.name === name);
  if (isSet('NO_HOME')) delete container.workingDir;
  else if (!isSet('HOME')) env.push({ name: 'HOME', value: home });
  env.push({ name: 'TOOL_DATA_DIR', value: home });
  container.env = env;
  container['volumeMounts'] = rows.map(([name, mountPath, , mode]) => ({
    name,
    mountPath,
    ...(mode === 'ro' ? { readOnly: true } : {}),
  }));
  const volumes = rows.map(([name, path, type]) => ({ name, hostPath: { path, type } }));
  const nodeSelector = { 'kubernetes.wmcloud.org/nfs-mounted': 'true' };
  return { ...pod, spec: { ...pod.spec, containers: [container], volumes, nodeSelector } };
}
