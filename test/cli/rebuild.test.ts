import { join } from 'node:path';
import { declaredRuns } from '../../cli/declared-images';
import { upAgain } from '../../cli/deploy-commands';
import { rebuild } from '../../cli/rebuild';
import { readSettings } from '../../lib/settings/settings';
import { IMAGE_ANNOTATION } from '../../lib/tekton/pipeline-run';

// What talks to Pulumi, which is not what these tests are about, and whose packages jest cannot read.
jest.mock('../../cli/deploy-commands', () => ({ upAgain: jest.fn() }));
jest.mock('../../cli/pulumi-stack', () => ({
  ROOT: `${__dirname}/../..`,
  openStack: jest.fn(),
  runsInState: jest.fn(() => inState),
}));
let inState: readonly { readonly run: string; readonly attempt: number }[] = [];

/** The runs that `csb rebuild` shows, in its order, by their names without the attempt. */
async function shown(image: string | undefined, { all = false, dryRun = true } = {}): Promise<string[]> {
  const said = jest.spyOn(console, 'log').mockImplementation();
  await rebuild('local', image, { all, dryRun, json: false });
  const text = said.mock.calls.flat().join('\n');
  said.mockRestore();
  return [...text.matchAll(/^ *\d+ {2}([a-z][a-z0-9-]+-[0-9a-f]{10})$/gm)].map(([, run = '']) => run);
}
const ids = (runs: readonly string[]): string[] => runs.map((run) => run.replace(/-[0-9a-f]{10}$/, ''));

const below = [
  'bookworm-base',
  'bookworm-run-image',
  'bookworm-build-image',
  'bookworm-devel-run-image',
  'bookworm-python311-run-image',
  'bookworm-python311-build-image',
  'python-3-11-2-runtime',
  'uwsgi-2-0-21-runtime',
  'python311-builder',
];

test('an image is shown after everything that it stands on, without its siblings', async () => {
  expect(ids(await shown('python311-sssd-web'))).toEqual([...below, 'python311-sssd-web']);
});

test('--all shows the runs of every image, each after what it stands on', async () => {
  const [all, one] = [ids(await shown(undefined, { all: true })), await shown('python311-sssd-web')];
  const settings = readSettings(join(__dirname, '../..'), 'local');
  const declared = declaredRuns('local', settings).filter(({ manifest }) => manifest.metadata.annotations?.[IMAGE_ANNOTATION]);
  expect(all).toEqual(ids(declared.map(({ manifest }) => manifest.metadata.name.replace(/-1$/, ''))));
  expect(all.at(-1)).toBe('demo-two-hello');
  expect(all.filter((run) => ids(one).includes(run))).toEqual(ids(one));
});

test('asked for are the runs that it shows: the next attempt of each that the state has, the first of others', async () => {
  const [base = '', ...others] = await shown('python311-sssd-base');
  expect(upAgain).not.toHaveBeenCalled();
  const [first, sibling] = [
    { run: base, attempt: 3 },
    { run: 'python311-sssd-web-0123456789', attempt: 1 },
  ];
  inState = [first, sibling];
  expect(others).not.toContain(sibling.run);
  expect(await shown('python311-sssd-base', { dryRun: false })).toEqual([]); // `up` shows what it does
  expect(upAgain).toHaveBeenCalledWith('rebuild', undefined, [first, ...others.map((run) => ({ run, attempt: 0 }))], {
    all: false,
    dryRun: false,
    json: false,
  });
});

test.each([
  ['python311-sssd', "there is no image 'python311-sssd'; did you mean 'python311-sssd-web'?"],
  ['python37-sssd-web', "'python37-sssd-web' was retired in 2024-01-18: "],
  ['php82-sssd-web', "'php82-sssd-web' is not made here: families in Pulumi.local.yaml leaves its family out"],
  [undefined, 'say which image to rebuild, or --all. There are: '],
])('%s is answered with why, or the images that there are', async (image, message) => {
  await expect(rebuild('local', image, { all: false, dryRun: true, json: false })).rejects.toThrow(message);
});

test.each([
  ['python311-sssd-web', { all: true }, 'say an image or --all, not both'],
  ['python311-sssd-web', { legacy: '/nowhere' }, /^--legacy: the :latest of 'python311-sssd-web' is not the legacy repository's/],
])('nothing is built before what is said is understood: %s %j', async (image, options, message) => {
  await expect(rebuild('local', image, { all: false, dryRun: false, json: false, ...options })).rejects.toThrow(message);
});
