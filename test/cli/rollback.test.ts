import { join } from 'node:path';
import { declarePins } from '../../cli/pinning';
import { askPromotions } from '../../cli/promotions';
import { rollback } from '../../cli/rollback';
import { inToolbox } from '../../cli/toolbox';
import { chosenImages } from '../../cli/chosen-images';
import { readSettings } from '../../lib/settings/settings';

jest.mock('../../cli/pinning', () => ({ declarePins: jest.fn() }));
jest.mock('../../cli/toolbox', () => ({ inToolbox: jest.fn() }));
jest.mock('../../cli/promotions', () => ({
  ...jest.requireActual<object>('../../cli/promotions'),
  askPromotions: jest.fn(),
}));
jest.mock('../../cli/pulumi-stack', () => ({ ROOT: `${__dirname}/../..`, useClusterOf: () => settings }));

const settings = readSettings(join(__dirname, '../..'), 'local');
const digest = (of: string) => `sha256:${of.repeat(64)}` as const;
const stack = chosenImages('local', settings, 'tool-demo-one/hello')[0]?.stack;
const moves = [
  ['a', '0'.repeat(16)],
  ['b', stack?.runImage.address ?? ''],
].map(([to = '', runImage]) => ({ at: '', tag: 'latest', digest: digest(to), image: `c-${'0'.repeat(16)}-r${runImage}` }));

/** What `csb rollback bookworm-python311` says, and how it ends, with a pod that does this. */
async function said(pod: () => Promise<string>, now = digest('b')): Promise<readonly string[]> {
  const promotions = (own: string) => new Map(images.map((name) => [name, { tag: 'latest', now: own, moves }]));
  const images = ['python311-sssd-web', 'python311-sssd-base', 'tool-demo-one/hello'];
  jest.mocked(askPromotions).mockResolvedValueOnce(promotions(digest('b')) as never);
  jest.mocked(askPromotions).mockResolvedValueOnce(promotions(now) as never);
  jest.mocked(inToolbox).mockImplementation(pod);
  const told = jest.spyOn(console, 'error').mockImplementation();
  const error = await rollback('local', 'bookworm-python311', { all: false, reason: 'why' }).catch(String);
  const lines = told.mock.calls.flat().map(String);
  told.mockRestore();
  return [...lines, ...(typeof error === 'string' ? [error] : [])];
}
const pinned = () => jest.mocked(declarePins).mock.calls.map(([, pins]) => Object.keys(pins));
afterEach(() => {
  jest.resetAllMocks();
});

test('what moved is pinned, and all is said, whatever did not move', async () => {
  const answers = [
    { name: 'python311-sssd-web', moved: 'testing latest' },
    { name: 'python311-sssd-base', why: 'the lease is held' },
    { name: 'tool-demo-one/hello', why: 'somebody else moved it' },
  ];
  const lines = await said(() => Promise.resolve(answers.map((each) => JSON.stringify(each)).join('\n')));
  expect(lines).toEqual([
    `python311-sssd-web is public as ${digest('a')}, and pinned to it`,
    expect.stringMatching(/^When something newer is declared: .* unpin bookworm-python311/),
    'Error: not rolled back:\n  - python311-sssd-base: the lease is held\n  - tool-demo-one/hello: somebody else moved it',
  ]);
  expect(pinned()).toEqual([['python311-sssd-web']]);
});

test('of a pod that failed, what is public is pinned; nothing else is', async () => {
  const fail = () => Promise.reject(new Error('the pod ended with 137'));
  expect((await said(fail)).join('\n')).toMatch(/^Error: not rolled back:(\n {2}- [^:]*: the pod ended with 137){3}$/);
  expect(pinned()).toEqual([]);
  jest.resetAllMocks();
  const lines = await said(fail, digest('a'));
  expect(lines).toContain(`tool-demo-one/hello is public as ${digest('a')}`);
  expect(pinned()).toEqual([['python311-sssd-web', 'python311-sssd-base']]);
});
