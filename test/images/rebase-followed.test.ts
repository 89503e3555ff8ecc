/** What the run that rebases what follows branches says that it did, with a program in the place of csb-registry. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { IMAGE_SCRIPTS } from '../../lib/images/image-scripts';
import { temporaryFolder } from '../buildpacks/shell/temporary-folder';

function rebased(counts: object, exitCode = 0) {
  const folder = temporaryFolder();
  const program = join(folder, 'csb-registry');
  const result = join(folder, 'made');
  writeFileSync(
    program,
    `#!/bin/bash
[[ "$*" == *" --result ${folder}/counts" ]] || exit 9
echo '${JSON.stringify(counts)}' | tee ${folder}/counts
exit ${exitCode}
`,
  );
  chmodSync(program, 0o755);
  const env = {
    PATH: `${folder}:${process.env['PATH'] ?? ''}`,
    ...{ RUN_IMAGE: 'r/run:c-1', CNB_PLATFORM_API: '0.15', FOLLOWED: folder, TAG: 'latest', NAMESPACE: 'builds' },
    MADE_RESULT: result,
  };
  const script = IMAGE_SCRIPTS.rebaseFollowed.replaceAll('/tmp/', `${folder}/`);
  const { status, stdout } = spawnSync('bash', ['-c', script], { env, encoding: 'utf8' });
  return { status, stdout, made: existsSync(result) ? readFileSync(result, 'utf8') : undefined };
}

test.each([
  [{ rebased: 3, found: 1 }, 'rebased'],
  [{ rebased: 0, found: 4, 'not built': 2 }, 'found'],
])('of %j it says %s, and the counts are in its log', (counts, made) => {
  expect(rebased(counts)).toEqual({ status: 0, stdout: `${JSON.stringify(counts)}\n`, made });
});

test('one that failed says nothing of the kind, and fails', () => {
  expect(rebased({ rebased: 3, failed: 1 }, 1)).toMatchObject({ status: 1, made: undefined });
});
