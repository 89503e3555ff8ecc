import { join } from 'node:path';
import { PlatformImage } from '../../lib/images/platform-image';
import { readSettings } from '../../lib/settings/settings';
import { declareEnvironment } from '../../stacks/environment';
import { isCurrent, legacyDefinition } from '../../stacks/legacy/catalogue';
import { newTypes } from '../../stacks/new-types';

const root = join(__dirname, '../..');
const declared = PlatformImage.allOf(declareEnvironment('tools', readSettings(root, 'tools')));
const reference = (name: string): string => `registry.test/toolforge-${name}:latest`;
/** The declared images as they would be if none of them had ever been a legacy one. */
const renamed = declared.map(({ name, parts, node }) => ({ name: `new-${name}`, parts, node }));
const web = renamed.filter(({ name }) => name === 'new-python311-sssd-web');

test('successors have their names from the legacy catalogue, and none here', () => {
  expect(newTypes(declared, reference)).toEqual({});
});

test('a new family has its own name, with what webservice starts in its image', () => {
  const types = newTypes(renamed, reference);
  expect(types['new-python311']).toEqual({
    state: 'stable',
    aliases: ['toolforge-new-python311-sssd-base', 'toolforge-new-python311-sssd-web'],
    jobs: { public: reference('new-python311-sssd-base') },
    webservice: { image: { public: reference('new-python311-sssd-web') }, type: 'python', resources: 'default' },
  });
  expect(types['new-mariadb']).not.toHaveProperty('webservice');
  expect(newTypes(web, reference)['new-python311']?.jobs).toEqual({ public: reference('new-python311-sssd-web') });
});

test('a distro is one type, for jobs and for webservices', () => {
  expect(newTypes(renamed, reference)['new-bookworm']).toMatchObject({
    jobs: { public: reference('new-bookworm-sssd') },
    webservice: { image: { public: reference('new-bookworm-web-sssd') }, type: 'generic' },
  });
});

test('what webservice starts is read of the parts as the legacy catalogue has it', () => {
  const types = newTypes(renamed, reference);
  const served = Object.values(types).flatMap(({ webservice }) => webservice ?? []);
  for (const { image, type, resources } of served) {
    const name = image.public.replace(/^.*toolforge-new-|:latest$/g, '');
    const { wstype, resources: given = 'default' } = isCurrent(name) ? legacyDefinition(name) : {};
    expect([name, wstype, given]).toEqual([name, type, resources]);
  }
  expect(served.length).toBeGreaterThan(15);
});

test('a server that webservice does not know is an error with its construct', () => {
  const parts = web.flatMap((image) => image.parts).map((part) => ({ ...part, options: { type: 'gunicorn' } }));
  expect(() =>
    newTypes(
      web.map((image) => ({ ...image, parts })),
      reference,
    ),
  ).toThrow(
    "python311/python311-sssd-web: its server is of the type 'gunicorn', and 'webservice' knows generic, js, lighttpd, lighttpd-plain, python;",
  );
});
