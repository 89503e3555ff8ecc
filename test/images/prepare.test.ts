import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { IMAGE_SCRIPTS } from '../../lib/images/image-scripts';
import { describeInside, inside } from '../buildpacks/shell/namespace';
import { temporaryFolder } from '../buildpacks/shell/temporary-folder';

/** Runs the step as root without the right to give files away: the user of builds is root, too. */
function prepare(descriptor: string) {
  const [layers, workspace, sealed] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
  const { code, stderr } = inside({
    command: ['/step'],
    files: { '/step': IMAGE_SCRIPTS.prepare },
    folders: { '/layers': layers, '/workspace': workspace, '/sealed/layers': sealed, '/sealed/workspace': sealed },
    environment: { DESCRIPTOR: descriptor, CNB_UID: '0' },
    uid: 0,
    umask: '077',
  });
  return { code, stderr, workspace, files: readdirSync(workspace) };
}

describeInside('the folder of the application', () => {
  test('has the descriptor, which every UID can read', () => {
    const { code, stderr, workspace } = prepare('{"format":1}');
    expect([code, stderr]).toEqual([0, '']);
    const file = join(workspace, 'platform-image.json');
    expect([readFileSync(file, 'utf8'), statSync(file).mode & 0o777]).toEqual(['{"format":1}\n', 0o644]);
  });

  test('is empty without one', () => {
    expect(prepare('')).toMatchObject({ code: 0, stderr: '', files: [] });
  });
});
