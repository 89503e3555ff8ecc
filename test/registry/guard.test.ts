import { chmodSync, linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { REGISTRY_SCRIPTS } from '../../lib/registry/registry-scripts';
import { describeInside, inside } from '../buildpacks/shell/namespace';
import { temporaryFolder } from '../buildpacks/shell/temporary-folder';

/** Runs the guard over an image and over Tekton's folders, as a build has left them. */
function guard(leave: (folders: { readonly image: string; readonly results: string; readonly artifacts: string }) => void) {
  const [image, results, artifacts] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
  mkdirSync(join(image, 'layout/blobs/sha256'), { recursive: true });
  writeFileSync(join(image, 'layout/blobs/sha256/0'), 'x');
  for (const each of [image, results, artifacts]) chmodSync(each, 0o755);
  leave({ image, results, artifacts });
  const { code, stderr } = inside({
    command: ['/step'],
    files: { '/step': REGISTRY_SCRIPTS.guard },
    folders: { '/image': image, '/tekton/results': results, '/tekton/artifacts': artifacts },
    uid: 65534,
  });
  return { code, stderr };
}

describeInside('the guard before a push', () => {
  test('lets an image pass', () => {
    expect(guard(() => undefined)).toEqual({ code: 0, stderr: '' });
  });

  test('lets one pass where Tekton has no artifacts yet', () => {
    const { code } = inside({ command: ['/step'], files: { '/step': REGISTRY_SCRIPTS.guard, '/image/layout/index.json': '{}' } });
    expect(code).toBe(0);
  });

  test.each<[string, Parameters<typeof guard>[0], string]>([
    [
      'a link among results',
      ({ results }) => {
        symlinkSync('/handed/config.json', join(results, 'digest'));
      },
      'guard: /tekton/results/digest is a link to /handed/config.json; expected is that a build leaves nothing in /tekton/results',
    ],
    [
      'a result',
      ({ results }) => {
        writeFileSync(join(results, 'digest'), 'x');
      },
      '/tekton/results/digest is a file',
    ],
    [
      'a link among artifacts',
      ({ artifacts }) => {
        symlinkSync('/handed/config.json', join(artifacts, 'provenance.json'));
      },
      '/tekton/artifacts/provenance.json is a link to',
    ],
    [
      'results that nobody may look at',
      ({ results }) => {
        chmodSync(results, 0o700);
      },
      'what was built cannot be looked at',
    ],
    [
      'a link in the image',
      ({ image }) => {
        symlinkSync('/etc/passwd', join(image, 'layout/index.json'));
      },
      '/image/layout/index.json is a link to /etc/passwd; expected are files of one name, and folders',
    ],
    [
      'a file of two names in the image',
      ({ image }) => {
        linkSync(join(image, 'layout/blobs/sha256/0'), join(image, 'layout/index.json'));
      },
      'is a file of 2 names',
    ],
    [
      'a pipe in the image',
      ({ image }) => void execFileSync('mkfifo', [join(image, 'layout/index.json')]),
      '/image/layout/index.json is a special file (p)',
    ],
  ])('ends the run for %s, and says that no credential was opened', (_, leave, message) => {
    const { code, stderr } = guard(leave);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr).toContain('No credential was opened, and nothing was pushed');
  });

  test('ends the run when an image is a link', () => {
    const files = { '/step': REGISTRY_SCRIPTS.guard, '/image/layout': { linkTo: '/tmp' } };
    expect(inside({ command: ['/step'], files })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('/image/layout is a link to /tmp') as string,
    });
  });
});
