/** The registry on the node: plain HTTP on a private address that only this machine reaches. */
import { registryAddress } from '../addresses';
import { cachePath } from '../directories';
import type { Component } from './component';
import { inNode, jsonFile } from './component';
import { probeHttp } from './probes';

const configuration = {
  version: '0.1',
  log: { level: 'warn', accesslog: { disabled: true } },
  // Content under its own address is a cache: `clean` keeps it, and a new cluster finds what an old one built (docs/decisions/0005).
  storage: { filesystem: { rootdirectory: cachePath('registry') }, delete: { enabled: true } },
  http: { addr: registryAddress },
};

export function registry(): Component {
  return {
    name: 'registry',
    place: 'node',
    address: `http://${registryAddress}`,
    after: [],
    command: ['docker-registry', 'serve', inNode('registry/config.json')],
    files: [jsonFile('registry/config.json', configuration)],
    probe: () => probeHttp(`http://${registryAddress}/v2/`),
  };
}
