/** The cluster's keys and certificates, made once per state directory with openssl. */
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../run';
import { apiServiceAddress, nodeAddress, nodeName } from '../addresses';
import { nodeStatePath, statePath } from '../directories';
import { writeKubeconfig } from './kubeconfig';

interface Certificate {
  readonly file: string;
  readonly authority: 'ca' | 'front-proxy-ca' | 'etcd-ca';
  readonly subject: string;
  readonly names?: readonly string[];
  /** Gets a kubeconfig beside it. */
  readonly client?: boolean;
}

const apiServerNames = [
  ...['kubernetes', 'kubernetes.default', 'kubernetes.default.svc', 'kubernetes.default.svc.cluster.local'].map(
    (name) => `DNS:${name}`,
  ),
  `IP:${apiServiceAddress}`,
  `IP:${nodeAddress}`,
];

const certificates: readonly Certificate[] = [
  { file: 'etcd', authority: 'etcd-ca', subject: '/CN=etcd', names: ['IP:127.0.0.1'] },
  { file: 'etcd-client', authority: 'etcd-ca', subject: '/CN=kube-apiserver' },
  { file: 'apiserver', authority: 'ca', subject: '/CN=kube-apiserver', names: apiServerNames },
  { file: 'apiserver-kubelet-client', authority: 'ca', subject: '/O=system:masters/CN=kube-apiserver-kubelet-client' },
  { file: 'front-proxy-client', authority: 'front-proxy-ca', subject: '/CN=front-proxy-client' },
  { file: 'kubelet-server', authority: 'ca', subject: `/CN=${nodeName}`, names: [`DNS:${nodeName}`, `IP:${nodeAddress}`] },
  { file: 'admin', authority: 'ca', subject: '/O=system:masters/CN=admin', client: true },
  { file: 'kube-controller-manager', authority: 'ca', subject: '/CN=system:kube-controller-manager', client: true },
  { file: 'kube-scheduler', authority: 'ca', subject: '/CN=system:kube-scheduler', client: true },
  { file: 'kubelet', authority: 'ca', subject: `/O=system:nodes/CN=system:node:${nodeName}`, client: true },
  { file: 'kube-proxy', authority: 'ca', subject: '/CN=system:kube-proxy', client: true },
];

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-noenc'];
const lifetime = ['-days', '3650'];

async function openssl(directory: string, ...arguments_: readonly string[]): Promise<void> {
  // The machine's openssl.cnf would add extensions of its own, such as CA:TRUE for every self-made certificate.
  await run('openssl', arguments_, { cwd: directory, env: { OPENSSL_CONF: '/dev/null' } });
}

async function makeAuthority(directory: string, name: string): Promise<void> {
  const extensions = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign,cRLSign,digitalSignature'];
  const files = ['-keyout', `${name}.key`, '-out', `${name}.crt`];
  const extra = extensions.flatMap((extension) => ['-addext', extension]);
  await openssl(directory, 'req', '-x509', ...newKey, ...lifetime, '-subj', `/CN=${name}`, ...files, ...extra);
}

async function makeCertificate(directory: string, { file, authority, subject, names }: Certificate): Promise<void> {
  const usage = [
    'basicConstraints=critical,CA:FALSE',
    'keyUsage=critical,digitalSignature',
    'extendedKeyUsage=serverAuth,clientAuth',
  ];
  const extensions = [...usage, ...(names === undefined ? [] : [`subjectAltName=${names.join(',')}`])];
  const request = ['-subj', subject, '-keyout', `${file}.key`, '-out', `${file}.crt`];
  const signing = ['-CA', `${authority}.crt`, '-CAkey', `${authority}.key`];
  const extra = extensions.flatMap((extension) => ['-addext', extension]);
  await openssl(directory, 'req', '-x509', ...newKey, ...lifetime, ...request, ...signing, ...extra);
}

/** Makes keys, certificates and kubeconfigs unless the state has them. */
export async function ensureCertificates(): Promise<void> {
  const directory = nodeStatePath('pki');
  if (!existsSync(directory)) {
    const draft = nodeStatePath('pki-draft');
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { recursive: true, mode: 0o700 });
    await Promise.all(['ca', 'front-proxy-ca', 'etcd-ca'].map((name) => makeAuthority(draft, name)));
    for (const certificate of certificates) await makeCertificate(draft, certificate);
    await openssl(draft, 'genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', 'service-accounts.key');
    await openssl(draft, 'pkey', '-in', 'service-accounts.key', '-pubout', '-out', 'service-accounts.pub');
    for (const { file, client } of certificates) {
      if (client === true) await writeKubeconfig({ pki: draft, user: file, target: join(draft, `${file}.kubeconfig`) });
    }
    for (const file of await readdir(draft)) await chmod(join(draft, file), 0o600);
    // One rename makes the whole set visible, so that no set of keys is ever half of one and half of another.
    await rename(draft, directory);
  }
  if (!existsSync(statePath('kubeconfig'))) {
    await writeKubeconfig({ pki: directory, user: 'admin', target: statePath('kubeconfig') });
  }
}
