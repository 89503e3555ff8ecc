import { REGISTRY_SCRIPTS } from '../../lib/registry/registry-scripts';
import { describeInside } from '../buildpacks/shell/namespace';
import { digest, fakeRegistry } from './fake-registry';

const script = REGISTRY_SCRIPTS.promote;
const [before, tried, attestation] = [digest('1'), digest('2'), digest('a')];
const attested = { [`image:${tried.replace(':', '-')}.contract`]: attestation };
const environment = {
  REPOSITORY: 'registry.test/image',
  DIGEST: tried,
  ATTESTATION: attestation,
  TAGS: 'testing latest',
  BEFORE: 'testing= latest= ',
  PROMOTED_RESULT: '/work/promoted',
  DIGEST_RESULT: '/work/digest',
};

const publicBefore = { ...environment, BEFORE: `testing= latest=${before} ` };

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
    expect(registry.run(script, publicBefore).code).toBe(0);
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

  test('moves the tags of the declaration, whatever else was noted', () => {
    const registry = fakeRegistry({ ...attested, 'image:latest': before });
    const noted = `testing= latest=${before} c-ffffffffffffffff= `;
    expect(registry.run(script, { ...environment, TAGS: 'testing', BEFORE: noted }).code).toBe(0);
    expect(registry.tags()).toEqual({ ...attested, 'image:testing': tried, 'image:latest': before });
  });

  test('moves no tag of which nothing was noted', () => {
    const registry = fakeRegistry(attested);
    const { code, stderr } = registry.run(script, { ...environment, BEFORE: 'latest= ' });
    expect([code, stderr]).toEqual([1, expect.stringContaining('nothing was noted of registry.test/image:testing')]);
    expect(registry.tags()).toEqual(attested);
  });

  test('does not overwrite what someone else has promoted meanwhile', () => {
    const registry = fakeRegistry(
      { ...attested, 'image:latest': before },
      { then: `echo ${digest('3')} >/registry/image:latest` },
    );
    const { code, stderr } = registry.run(script, publicBefore);
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining(`registry.test/image:latest was ${before} when this run began and is ${digest('3')} now`),
    ]);
    expect(registry.tags()['image:latest']).toBe(digest('3'));
    expect(registry.written('promoted')).toBeUndefined();
  });

  test('of a run that was overtaken while it built and tried moves no tag', () => {
    const tags = { ...attested, 'image:testing': digest('3'), 'image:latest': digest('3') };
    const registry = fakeRegistry(tags);
    const { code, stderr } = registry.run(script, publicBefore);
    expect([code, stderr]).toEqual([1, expect.stringContaining('another run was quicker; no tag is moved')]);
    expect(registry.tags()).toEqual(tags);
  });

  test('does not take a registry that answers nothing for one that has no such tag', () => {
    const registry = fakeRegistry({ ...attested, 'image:latest': 'dial tcp: connection refused' });
    const { code, stderr } = registry.run(script, environment);
    expect([code, stderr]).toEqual([1, 'dial tcp: connection refused\n']);
    expect(registry.tags()['image:testing']).toBeUndefined();
  });
});
