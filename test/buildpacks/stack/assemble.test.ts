/** The step that gives an image its configuration, with the real umoci: what images on it get, and keep when they are rebased. */
import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLibraries } from '../../../lib/registry/registry-scripts';
import { describeInside, inside } from '../shell/namespace';
import { temporaryFolder } from '../shell/temporary-folder';

const step = withLibraries(readFileSync(join(__dirname, '../../../lib/buildpacks/stack/steps/assemble.sh'), 'utf8'));
// What the real one does: lib/registry/program/images_test.go.
const config = '#!/bin/bash\nexec skopeo inspect --config oci:/image/layout:base\n';
const hasPrograms = ['umoci', 'skopeo', 'jq'].every((each) => spawnSync(each, ['--version']).status === 0);

/** As of an image that somebody else makes. */
const foreign = [
  ...[
    '--config.env=THEIRS=1',
    '--config.env=PATH=/theirs',
    '--config.label=theirs=1',
    '--config.exposedports=80',
    '--config.volume=/v',
  ],
  ...['--config.entrypoint=/theirs', '--config.workingdir=/theirs', '--config.stopsignal=SIGINT', '--config.user=7'],
].join(' ');

(hasPrograms ? describeInside : describe.skip)('the configuration of an image on one of others', () => {
  const [work, image] = [temporaryFolder(), temporaryFolder()];
  const settings = { environment: { PATH: '/usr/bin:/bin', TZ: 'UTC' }, labels: { ours: '1' }, user: '65534:65534' };

  test('is what is declared, and the packages that were substituted below', () => {
    for (const folder of [work, image]) chmodSync(folder, 0o777);
    writeFileSync(join(work, 'substituted'), 'curl 2\n');
    spawnSync('tar', ['--create', `--file=${join(work, 'layer.tar')}`, '--files-from=/dev/null']);
    const substituted = `--config.label='io.buildpacks.base.metadata={"substituted":["less 1"]}'`;
    const make = `umoci init --layout /image/layout && umoci new --image /image/layout:base && umoci config --image /image/layout:base ${foreign} ${substituted}`;
    const { code, stdout, stderr } = inside({
      command: ['/bin/bash', '-c', `{ ${make} && bash /step; } >&2 && skopeo inspect --config oci:/image/layout:base`],
      files: { '/step': step, '/usr/local/bin/csb-registry': config },
      folders: { '/work': work, '/image': image },
      environment: { SETTINGS: JSON.stringify(settings), NAME: 'x', HOME: '/tmp' },
      uid: 65534,
    });
    expect({ code, log: code === 0 ? '' : stderr }).toEqual({ code: 0, log: '' });
    expect((JSON.parse(stdout) as { config: unknown }).config).toEqual({
      User: '65534:65534',
      Env: ['PATH=/usr/bin:/bin', 'TZ=UTC'],
      Labels: { ours: '1', 'io.buildpacks.base.metadata': '{"substituted":["less 1","curl 2"]}' },
    });
  });
});
