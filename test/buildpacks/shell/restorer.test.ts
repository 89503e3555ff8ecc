/**
 * The restorer is told the run image anew: since platform 0.14 it resolves what /cnb/run.toml names, without the digest that was looked
 * up, and the exporter would take what it finds there.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PLATFORM_API } from '../../../lib/buildpacks/lifecycle';
import { describeInside, inside } from './namespace';
import { lifecycleFolder } from './lifecycle-folder';
import { temporaryFolder } from './temporary-folder';

const folder = lifecycleFolder();
const script = readFileSync(join(__dirname, '../../../lib/images/steps/restore.sh'), 'utf8');

// A registry of one image without layers, which has a digest and no tag. Says its port and the digest.
const registry = `
const { createHash } = require('node:crypto');
const digestOf = (text) => 'sha256:' + createHash('sha256').update(text).digest('hex');
const config = JSON.stringify({ os: 'linux', architecture: 'amd64', config: {}, rootfs: { type: 'layers', diff_ids: [] } });
const type = 'application/vnd.oci.image.manifest.v1+json';
const described = { mediaType: 'application/vnd.oci.image.config.v1+json', digest: digestOf(config), size: config.length };
const manifest = JSON.stringify({ schemaVersion: 2, mediaType: type, config: described, layers: [] });
const content = { '/v2/': '{}', ['/v2/run/manifests/' + digestOf(manifest)]: manifest, ['/v2/run/blobs/' + digestOf(config)]: config };
const server = require('node:http').createServer(({ url, method }, response) => {
  const text = content[url];
  if (text === undefined) return response.writeHead(404).end();
  const headers = { 'Content-Type': url.includes('manifests') ? type : 'application/json', 'Content-Length': text.length };
  response.writeHead(200, { ...headers, 'Docker-Content-Digest': digestOf(text) }).end(method === 'GET' ? text : undefined);
});
server.listen(0, '127.0.0.1', () => console.log('127.0.0.1:' + server.address().port + '/run@' + digestOf(manifest)));
`;

const tests = (): void => {
  let server: ChildProcess;
  let runImage: string;

  beforeAll(async () => {
    server = spawn(process.execPath, ['-e', registry], { stdio: ['ignore', 'pipe', 'inherit'] });
    if (server.stdout === null) throw new Error('the registry says nothing');
    const [line] = (await once(server.stdout, 'data')) as [Buffer];
    runImage = line.toString().trim();
  });
  afterAll(() => server.kill());

  test('the run image stays the one that was looked up, by its digest', () => {
    const [layers, work] = [temporaryFolder(), temporaryFolder()];
    for (const each of [layers, work]) chmodSync(each, 0o777);
    const analyzed = join(work, 'analyzed.toml');
    writeFileSync(analyzed, `[run-image]\nreference = "${runImage}"\nimage = "${runImage}"\n`);
    chmodSync(analyzed, 0o666);
    writeFileSync(join(work, 'run-image'), runImage);
    writeFileSync(join(layers, 'group.toml'), '[[group]]\nid = "toolforge/python"\nversion = "0.1.0"\napi = "0.12"\n');
    const { code, stdout, stderr } = inside({
      command: ['/bin/bash', '/step.sh'],
      files: {
        '/step.sh': script,
        '/cnb/lifecycle/restorer': { linkTo: '/cnb/programs/lifecycle' },
        '/cnb/run.toml': `[[images]]\nimage = "${runImage.replace(/@.*/, '')}"\n`,
      },
      folders: { '/cnb/programs': folder ?? '', '/layers': layers, '/work': work },
      environment: {
        CNB_PLATFORM_API: PLATFORM_API,
        CNB_LAYERS_DIR: '/layers',
        CNB_ANALYZED_PATH: '/work/analyzed.toml',
        CNB_UID: '61312',
        HOME: '/tmp',
      },
      uid: 61312,
    });
    expect({ code, log: code === 0 ? '' : stdout + stderr }).toEqual({ code: 0, log: '' });
    expect(readFileSync(analyzed, 'utf8')).toContain(`reference = "${runImage}"`);
  });
};

if (folder === undefined) test.skip('the restorer [no lifecycle built here, and no CSB_LIFECYCLE]', () => undefined);
else describeInside('the restorer', tests);
