/** The first half of `up`: a node with nothing running on it. */
import { ensureCertificates } from '../cluster/certificates';
import { ensureHomes } from '../homes';
import { ensureCgroups } from '../node/cgroups';
import { ensureNode } from '../node/holder';
import { ensureNetwork, refuseForeignAddresses } from '../node/network';
import type { Changes } from './changes';

export async function ensureNodeIsUp(changes: Changes): Promise<void> {
  await refuseForeignAddresses();
  await ensureCertificates();
  await ensureHomes();
  const { pid, started } = await ensureNode();
  await ensureCgroups();
  await ensureNetwork(pid);
  if (started) changes.record('started', 'the node');
}
