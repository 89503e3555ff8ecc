/** sssd on the node, which tells pods that mount its pipes the names of the tools. */
import { demoTools } from '../homes';
import type { Component } from './component';
import { inNode } from './component';
import { probeSocket } from './probes';

const pipe = '/var/lib/sss/pipes/nss';

const configuration = `[sssd]
services = nss
domains = tools
[nss]
filter_users = root
filter_groups = root
[domain/tools]
id_provider = files
passwd_files = ${inNode('sssd/passwd')}
group_files = ${inNode('sssd/group')}
use_fully_qualified_names = false
`;

export function sssd(): Component {
  const users = demoTools.map(({ account, uid, home }) => `${account}:x:${uid}:${uid}:${account}:${home}:/bin/bash\n`);
  const groups = demoTools.map(({ account, uid }) => `${account}:x:${uid}:\n`);
  return {
    name: 'sssd',
    place: 'node',
    address: `unix://${pipe}`,
    after: [],
    command: ['sssd', '--interactive', '--logger=stderr', '--config', inNode('sssd/sssd.conf')],
    files: [
      // sssd refuses a configuration that others can read.
      { path: 'sssd/sssd.conf', content: configuration, mode: 0o600 },
      { path: 'sssd/passwd', content: users.join('') },
      { path: 'sssd/group', content: groups.join('') },
    ],
    probe: () => probeSocket(pipe),
  };
}
