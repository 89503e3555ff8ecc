import { imageCatalogue } from '../../../stacks/legacy/image-types';
import { currentImages, legacyDefinition } from '../../../stacks/legacy/catalogue';
import { retired } from '../../../stacks/legacy/standing';
import { ledger } from '../../../stacks/ledger';

const reference = (name: string): string => `registry.test/toolforge-${name}:latest`;
const catalogue = imageCatalogue(ledger, reference);

test('a language has its images under the name that people type, and those of old', () => {
  expect(catalogue['python3.11']).toEqual({
    state: 'stable',
    aliases: ['tf-python311', 'toolforge-python311-sssd-base', 'toolforge-python311-sssd-web'],
    jobs: { public: reference('python311-sssd-base') },
    webservice: { image: { public: reference('python311-sssd-web') }, type: 'python', resources: 'default' },
  });
});

test('Java gets the memory that it needs, jobs alone have no webservice', () => {
  expect(catalogue['jdk21']?.webservice).toMatchObject({ type: 'generic', resources: 'jdk' });
  expect(catalogue['mariadb']).toMatchObject({ aliases: ['tf-mariadb', 'toolforge-mariadb-sssd-base'] });
  expect(catalogue['mariadb']).not.toHaveProperty('webservice');
});

test('what the ledger retires is deprecated, and keeps its image', () => {
  expect(catalogue['python3.7']).toMatchObject({
    state: 'deprecated',
    webservice: { image: { public: reference('python37-sssd-web') } },
  });
  const later = imageCatalogue({ ...ledger, ...retired('2026-12-01', 'nobody runs it', 'mono68-sssd-base') }, reference);
  expect([catalogue['mono6.8']?.state, later['mono6.8']?.state]).toEqual(['stable', 'deprecated']);
});

test('every image of today that pods of tools can run has a name', () => {
  const named = Object.values(catalogue).flatMap(({ jobs, webservice }) => [jobs.public, webservice?.image.public]);
  const without = currentImages.filter((name) => !named.includes(reference(name)));
  // They are of the Build Service's own making.
  expect(without).toEqual(['bullseye0-base', 'bullseye0-build', 'bullseye0-run']);
});

test('every image for webservices is one of a type that has webservices', () => {
  const served = Object.values(catalogue).flatMap(({ webservice }) => webservice?.image.public ?? []);
  for (const name of currentImages) expect(served.includes(reference(name))).toBe(legacyDefinition(name).wstype !== undefined);
});
