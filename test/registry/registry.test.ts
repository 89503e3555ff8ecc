import { addressOf } from '../../lib/registry/address';
import { repositoryOf, versionIn } from '../../lib/registry/image-reference';
import { Registry } from '../../lib/registry/registry';

const registry = new Registry({ host: 'registry.test:5000', plainHttp: true });

test('a repository names its images', () => {
  const repository = registry.repository('platform/bookworm-run');
  const address = addressOf({ x: 1 });
  expect(repository.reference).toBe('registry.test:5000/platform/bookworm-run');
  expect(repository.addressed(address)).toBe(`registry.test:5000/platform/bookworm-run:c-${address}`);
  expect(repository.tagged('latest')).toBe('registry.test:5000/platform/bookworm-run:latest');
});

test('its root is what the references of all its repositories start with', () => {
  const within = new Registry({ host: 'registry.test', plainHttp: false, prefix: 'cloud/images' });
  expect([registry.root, within.root]).toEqual(['registry.test:5000', 'registry.test/cloud/images']);
  for (const each of [registry, within]) expect(each.repository('x').reference).toBe(`${each.root}/x`);
});

test.each(['Platform/x', 'platform//x', '/x', 'x:1', 'x y', '-x', ''])("'%s' is no repository", (name) => {
  expect(() => registry.repository(name)).toThrow(
    `'${name}' cannot be a repository of registry.test:5000: use lower-case letters`,
  );
});

test.each([
  ['registry.test:5000/a/b:c-1', 'registry.test:5000/a/b', 'c-1'],
  [`registry.test/a@sha256:${'0'.repeat(64)}`, 'registry.test/a', `sha256:${'0'.repeat(64)}`],
  [`registry.test:5000/a:1@sha256:${'0'.repeat(64)}`, 'registry.test:5000/a', `sha256:${'0'.repeat(64)}`],
])('%s is in %s, and is %s of it', (reference, repository, version) => {
  expect(repositoryOf(reference)).toBe(repository);
  expect(versionIn(reference)).toBe(version);
});
