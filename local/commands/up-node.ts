/** The first half of `up`: a node with nothing running on it. */
import { ensureCertificates } from '../cluster/certificates';
import { ensureHomes } from '../homes';
import { ensureCgroups, removeCgroups } from '../node/cgroups';
import { ensureNode, findNode } from '../node/holder';
import { ensureToolDirectories } from '../node/tool-directories';
import { ensureNetwork, refuseForeignAddresses } from '../node/network';
import type { Changes } from './changes';

export async function ensureNodeIsUp(changes: Changes): Promise<void> {
  await refuseForeignAddresses();
  await ensureCertificates();
  await ensureHomes();
  // Groups of containers that died with the last node: the kubelet would look for each of them, for seconds.
  if ((await findNode()) === undefined) await removeCgroups();
  const { pid, started } = await ensureNode();
  await ensureCgroups();
  await ensureToolDirectories(pid);
  await ensureNetwork(pid);
  if (started) changes.record('started', 'the node');
}
