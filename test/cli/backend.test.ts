import { userInfo } from 'node:os';
import { join } from 'node:path';
import { backendFolder, backendOf } from '../../cli/backend';

const home = userInfo().homedir;

test.each([
  ['file:///srv/state', '/srv/state'],
  ['file://~', home],
  ['file://~/', join(home, '/')],
  ['file://~/state', join(home, 'state')],
  ['file://./state', '/project/state'],
  ['file://state', '/project/state'],
  ['file:///srv/state?no_tmp_dir=true', '/srv/state'],
  ['s3://bucket', undefined],
  ['https://api.pulumi.com', undefined],
  ['', undefined],
])('%s is the folder %s', (url, folder) => {
  expect(backendFolder(url, '/project')).toBe(folder);
});

describe('the backend of a stack', () => {
  const before = process.env['PULUMI_BACKEND_URL'];
  afterAll(() => {
    process.env['PULUMI_BACKEND_URL'] = before;
  });
  const loggedIn = { workspace: { whoAmI: () => Promise.resolve({ user: 'me', url: 'file://~' }) } } as unknown as Parameters<
    typeof backendOf
  >[0];

  test('is the one that was given', async () => {
    process.env['PULUMI_BACKEND_URL'] = 'file:///srv';
    expect(await backendOf(loggedIn)).toBe('file:///srv');
  });

  test('or the one that Pulumi is logged into', async () => {
    delete process.env['PULUMI_BACKEND_URL'];
    expect(await backendOf(loggedIn)).toBe('file://~');
  });
});
