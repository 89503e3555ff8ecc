import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environments, readSettings } from '../../lib/settings/settings';

const root = join(__dirname, '../..');

function rootWith(change: (text: string) => string): string {
  const directory = mkdtempSync(join(tmpdir(), 'settings-'));
  writeFileSync(join(directory, 'Pulumi.mine.yaml'), change(readFileSync(join(root, 'Pulumi.local.yaml'), 'utf8')));
  return directory;
}

test('the environments are those that have a settings file', () => {
  expect(environments(root)).toEqual(expect.arrayContaining(['local', 'tools', 'toolsbeta']));
});

test('each of them can be read', () => {
  expect(['local', 'tools', 'toolsbeta'].map((each) => readSettings(root, each).registry.plainHttp)).toEqual([
    true,
    false,
    false,
  ]);
});

test('an unknown environment is answered with the known ones', () => {
  expect(() => readSettings(root, 'prod')).toThrow("no environment 'prod': there is no Pulumi.prod.yaml. Known: ");
});

test.each([
  [
    'a key that is not known',
    (text: string) => text.replace('config:\n', 'config:\n  cloud-services-buildpacks:mirrror: x\n'),
    /Unrecognized key: "mirrror"/,
  ],
  [
    'a registry with a scheme',
    (text: string) => text.replace('host: registry', 'host: http://registry'),
    /registry\.host: a host name/,
  ],
  [
    'a toolbox without a tag',
    (text: string) => text.replace('toolbox:bookworm', 'toolbox'),
    /toolbox: an image reference with a tag or digest/,
  ],
  ['what is no YAML', (text: string) => `${text}  bad: [`, /bad indentation/],
  ['no namespace', (text: string) => text.replace(/.*:namespace:.*\n/, ''), /namespace: /],
])('%s is refused, naming file and key', (_, change, message) => {
  const directory = rootWith(change);
  expect(() => readSettings(directory, 'mine')).toThrow(message);
  expect(() => readSettings(directory, 'mine')).toThrow('Pulumi.mine.yaml cannot be used');
});

test('a copy of a settings file is an environment of its own', () => {
  const directory = rootWith((text) => text);
  copyFileSync(join(directory, 'Pulumi.mine.yaml'), join(directory, 'Pulumi.yours.yaml'));
  expect(environments(directory)).toEqual(['mine', 'yours']);
});
