/** The step that gives an image its configuration, with the real umoci: what images on it get, and keep when they are rebased. */
import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLibraries } from '../../../lib/registry/registry-scripts';
import { describeInside, inside } from '../shell/namespace';
import { temporaryFolder } from '../shell/temporary-folder';

const step = withLibraries(readFileSync(join(__dirname, '../../../lib/buildpacks/layers/steps/divide.sh'), 'utf8'));
// What of the real one concerns this: an image of layers, without a configuration of its own (lib/registry/program/split_test.go).
const program = `#!/bin/bash
umoci init --layout /image/layout && umoci new --image /image/layout:base
while [ $# -gt 0 ]; do [ "$1" != --result ] || echo '{"layers":[{"size":1500000,"known":true},{"size":500000}],"modified":[],"unplanned":[]}' >"$2"; shift; done
`;
const hasPrograms = ['umoci', 'skopeo', 'jq'].every((each) => spawnSync(each, ['--version']).status === 0);

/** As of an image that somebody else makes. */
const foreign = {
  ...{ Env: ['THEIRS=1', 'PATH=/theirs'], ExposedPorts: { '80': {} }, Volumes: { '/v': {} }, Entrypoint: ['/theirs'] },
  ...{ WorkingDir: '/theirs', StopSignal: 'SIGINT', User: '7' },
};

(hasPrograms ? describeInside : describe.skip)('the configuration of an image on one of others', () => {
  const [work, image] = [temporaryFolder(), temporaryFolder()];
  const settings = { environment: { PATH: '/usr/bin:/bin', TZ: 'UTC' }, labels: { ours: '1' }, user: '65534:65534' };

  test('is what is declared, and the packages that were substituted below', () => {
    for (const folder of [work, image]) chmodSync(folder, 0o777);
    writeFileSync(join(work, 'substituted'), 'curl 2\n');
    writeFileSync(join(work, 'root.tar'), '');
    const Labels = { theirs: '1', 'io.buildpacks.base.metadata': '{"substituted":["less 1"]}' };
    writeFileSync(join(image, 'parent.json'), JSON.stringify({ config: { ...foreign, Labels } }));
    const { code, stdout, stderr } = inside({
      command: ['/bin/bash', '-c', '{ bash /step; } >&2 && skopeo inspect --config oci:/image/layout:base'],
      files: { '/step': step, '/usr/local/bin/csb-registry': program },
      folders: { '/work': work, '/image': image },
      environment: { SETTINGS: JSON.stringify(settings), HOME: '/tmp' },
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
