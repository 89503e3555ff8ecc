/** The credentials on their way past what is built: in a file that one step leaves, and that has no name when the next one works. */
import { chmodSync, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { withLibraries } from '../../lib/registry/registry-scripts';
import { describeInside, inside } from '../buildpacks/shell/namespace';
import { temporaryFolder } from '../buildpacks/shell/temporary-folder';

const SECRET = '{"auths":{}}';

function folder(): string {
  const made = temporaryFolder();
  chmodSync(made, 0o777);
  return made;
}

const handOver = (handed: string, environment: Readonly<Record<string, string>>) =>
  inside({
    command: ['/step'],
    files: {
      '/step': withLibraries('#!/bin/bash\nset -euo pipefail\n. credentials.sh\nhand_over\n'),
      '/credentials/config.json': SECRET,
    },
    folders: { '/handed': handed },
    environment,
  });

const take = (handed: string, then: string) =>
  inside({
    command: ['/step'],
    files: { '/step': withLibraries(`#!/bin/bash\nset -euo pipefail\n. credentials.sh\ntake_credentials\n${then}\n`) },
    folders: { '/handed': handed },
    environment: { HANDED: '/handed/config.json' },
  });

describeInside('credentials', () => {
  const environment = { HANDED: '/handed/config.json', REGISTRY_AUTH_FILE: '/credentials/config.json' };

  test('are left for the next step, which has the same user, and for nobody else', () => {
    const handed = folder();
    expect(handOver(handed, environment)).toMatchObject({ code: 0, stderr: '' });
    const file = join(handed, 'config.json');
    expect([readFileSync(file, 'utf8'), statSync(file).mode & 0o777, statSync(file).uid]).toEqual([SECRET, 0o400, 50001]);
  });

  test('are not asked for where there are none', () => {
    expect(handOver(folder(), {})).toMatchObject({ code: 0, stderr: '' });
    expect(
      inside({ command: ['/bin/bash', '-c', withLibraries('\n. credentials.sh\ntake_credentials')], environment: {} }).code,
    ).toBe(0);
  });

  test('are read by programs that the step starts, each as often as it likes, and have no name', () => {
    const handed = folder();
    handOver(handed, environment);
    const read = 'cat "$REGISTRY_AUTH_FILE" "$DOCKER_CONFIG/config.json"; bash -c \'cat "$REGISTRY_AUTH_FILE"\'; ls -A /handed';
    expect(take(handed, read)).toMatchObject({ code: 0, stderr: '', stdout: SECRET.repeat(3) });
    expect(existsSync(join(handed, 'config.json'))).toBe(false);
  });

  test('cannot be read by what comes after the step, in the same container, by any link that was left', () => {
    const handed = folder();
    handOver(handed, environment);
    const links = ['/handed/config.json', '/tmp/tmp.x/config.json', '/dev/fd/3', '/proc/self/fd/3', '/proc/self/environ'];
    // As Tekton's entrypoint: starts the step, waits for it, then reads.
    const entrypoint = `#!/bin/bash
/step >/tmp/config
for path in ${links.join(' ')} "$(cat /tmp/config)"; do ln -sfn "$path" /tmp/left; cat /tmp/left 2>/dev/null | grep -a auths; done
true`;
    const step = withLibraries('#!/bin/bash\n\n. credentials.sh\ntake_credentials\necho "$REGISTRY_AUTH_FILE"\n');
    const { code, stdout } = inside({
      command: ['/entrypoint'],
      files: { '/entrypoint': entrypoint, '/step': step },
      folders: { '/handed': handed },
      environment: { HANDED: '/handed/config.json' },
    });
    expect([code, stdout]).toEqual([0, '']);
  });

  test('that nobody left end the step', () => {
    expect(take(folder(), 'echo never')).toMatchObject({ code: 1, stdout: '' });
  });
});
