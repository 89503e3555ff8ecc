import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeInside } from '../buildpacks/shell/namespace';
import { digest, fakeRegistry } from './fake-registry';

const script = readFileSync(join(__dirname, '../../lib/registry/steps/promote.sh'), 'utf8');
const [before, tried, attestation] = [digest('1'), digest('2'), digest('a')];
const attested = { [`image:${tried.replace(':', '-')}.contract`]: attestation };
const environment = {
  REPOSITORY: 'registry.test/image',
  DIGEST: tried,
  ATTESTATION: attestation,
  TAGS: 'testing latest',
  PROMOTED_RESULT: '/work/promoted',
};

describeInside('promotion', () => {
  test('makes tags that there were not, in order', () => {
    const registry = fakeRegistry(attested);
    const { code, stdout } = registry.run(script, environment);
    expect([code, registry.tags()]).toEqual([0, { ...attested, 'image:testing': tried, 'image:latest': tried }]);
    expect(stdout).toMatch(/:testing is .*, was absent\n.*:latest is .*, was absent\n/);
    expect(registry.written('promoted')).toBe('testing latest');
  });

  test('keeps what was public under a name that says which tag and which digest it was', () => {
    const registry = fakeRegistry({ ...attested, 'image:latest': before });
    expect(registry.run(script, environment).code).toBe(0);
    expect(registry.tags()).toEqual({
      ...attested,
      'image:testing': tried,
      'image:latest': tried,
      'image:was-latest-111111111111': before,
    });
  });

  test('leaves tags that name the image already', () => {
    const registry = fakeRegistry({ ...attested, 'image:testing': tried, 'image:latest': tried });
    const { code, stdout } = registry.run(script, environment);
    expect([code, stdout]).toEqual([0, expect.stringContaining(`registry.test/image:latest is ${tried} already`)]);
    expect(Object.keys(registry.tags())).toHaveLength(3);
    expect(registry.written('promoted')).toBe('');
  });

  test.each<[string, Record<string, string>, string]>([
    ['without an attestation', {}, 'has no attestation that it passed its contract'],
    [
      'with the attestation of another run',
      { [Object.keys(attested)[0] ?? '']: digest('b') },
      'but the contract of this run wrote',
    ],
  ])('moves no tag %s', (_, found, message) => {
    const tags = { ...found, 'image:latest': before };
    const registry = fakeRegistry(tags);
    const { code, stderr } = registry.run(script, environment);
    expect([code, stderr]).toEqual([1, expect.stringContaining(message)]);
    expect(stderr).toContain('no tag is moved');
    expect(registry.tags()).toEqual(tags);
  });

  test('does not overwrite what someone else has promoted meanwhile', () => {
    const registry = fakeRegistry(
      { ...attested, 'image:latest': before },
      { then: `echo ${digest('3')} >/registry/image:latest` },
    );
    const { code, stderr } = registry.run(script, environment);
    expect([code, stderr]).toEqual([
      1,
      `registry.test/image:latest was ${before} and is ${digest('3')} now: someone else moves it; look who, then retry\n`,
    ]);
    expect(registry.tags()['image:latest']).toBe(digest('3'));
    expect(registry.written('promoted')).toBeUndefined();
  });

  test('does not take a registry that answers nothing for one that has no such tag', () => {
    const registry = fakeRegistry({ ...attested, 'image:latest': 'dial tcp: connection refused' });
    const { code, stderr } = registry.run(script, environment);
    expect([code, stderr]).toEqual([1, 'dial tcp: connection refused\n']);
    expect(registry.tags()['image:testing']).toBeUndefined();
  });
});
