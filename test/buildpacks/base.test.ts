import { baseAddress, type DebianBase } from '../../lib/buildpacks/base/base';
import { readSettings } from '../../lib/settings/settings';
import { declareEnvironment } from '../../stacks/environment';

const lock = { aa: { version: '1-1', sha256: 'a'.repeat(64) } };
const base: DebianBase = { kind: 'debian', suite: 'bookworm', packages: ['bb', 'aa'] };

test('the address says what is in the image, in any order of declaration', () => {
  expect(baseAddress(base, lock)).toMatch(/^[0-9a-f]{16}$/);
  expect(baseAddress({ ...base, packages: ['aa', 'bb'] }, lock)).toBe(baseAddress(base, lock));
  expect(baseAddress({ ...base, packages: ['aa'] }, lock)).not.toBe(baseAddress(base, lock));
  expect(baseAddress({ ...base, suite: 'trixie' }, lock)).not.toBe(baseAddress(base, lock));
  const newer = { aa: { version: '1-2', sha256: 'b'.repeat(64) } };
  expect(baseAddress(base, newer)).not.toBe(baseAddress(base, lock));
});

test('neither mirror nor registry changes an address', () => {
  const root = `${__dirname}/../..`;
  const tags = ['local', 'tools'].map((environment) => {
    const objects = declareEnvironment(environment, readSettings(root, environment)).synthesize().objects;
    const run = objects.find(({ manifest }) => manifest.kind === 'PipelineRun')?.manifest['spec'] as {
      params: { name: string; value: string }[];
    };
    return run.params
      .find(({ name }) => name === 'image')
      ?.value.split(':')
      .at(-1);
  });
  expect(tags[0]).toBe(tags[1]);
});

test.each([[['locales all; rm']], [['Locales']], [['a2', 'a2']]])('%j is refused', (packages) => {
  expect(() => baseAddress({ ...base, packages }, lock)).toThrow('each must be the name of a Debian package, and stand once');
});
