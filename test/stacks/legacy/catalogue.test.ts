import { currentImages, isCurrent, legacyDefinition, legacyPackages } from '../../../stacks/legacy/catalogue';

const definitions = currentImages.map((name) => ({ name, ...legacyDefinition(name) }));

test('fifty images, each of a Debian release, whose parent is one of them and of the same release', () => {
  expect(currentImages).toHaveLength(50);
  for (const { distro, parent } of definitions) {
    expect(['bullseye', 'bookworm', 'trixie']).toContain(distro);
    if (parent !== undefined) expect(isCurrent(parent) && legacyDefinition(parent).distro).toBe(distro);
  }
});

test("what build.py calls an image is its name, with one '/' more at most", () => {
  for (const { name, path } of definitions) expect(path.replace('/', '-')).toBe(name);
});

test('what has a type for webservice is named like it', () => {
  const types = ['generic', 'js', 'lighttpd', 'lighttpd-plain', 'python'];
  for (const { name, wstype, resources } of definitions) {
    expect(wstype === undefined || types.includes(wstype)).toBe(true);
    expect(wstype !== undefined).toBe(/-web(-|$)/.test(name));
    if (resources === 'jdk') expect(name).toMatch(/^jdk/);
  }
});

test('packages are names of Debian packages, with those of what the image is made from', () => {
  for (const { name } of definitions) for (const each of legacyPackages(name)) expect(each).toMatch(/^[a-z0-9][a-z0-9+.-]+$/);
  expect(legacyPackages('python311-sssd-web')).toEqual(expect.arrayContaining(['locales-all', 'python3-venv', 'uwsgi']));
});
