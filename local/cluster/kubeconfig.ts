/** kubeconfig files: who reaches the API server, and as whom. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { apiServerUrl } from '../addresses';

export const contextName = 'cloud-services-buildpacks-local';

/** Writes a kubeconfig (JSON, which YAML readers accept) that only its owner can read. */
export async function writeKubeconfig(options: { pki: string; user: string; target: string }): Promise<void> {
  const { pki, user, target } = options;
  const data = async (file: string): Promise<string> => (await readFile(join(pki, file))).toString('base64');
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: contextName, cluster: { server: apiServerUrl, 'certificate-authority-data': await data('ca.crt') } }],
    users: [
      {
        name: user,
        user: { 'client-certificate-data': await data(`${user}.crt`), 'client-key-data': await data(`${user}.key`) },
      },
    ],
    contexts: [{ name: contextName, context: { cluster: contextName, user } }],
    'current-context': contextName,
  };
  await writeFile(`${target}.new`, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
  await rename(`${target}.new`, target);
}
