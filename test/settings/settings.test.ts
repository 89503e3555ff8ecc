import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { z } from 'zod';
import { environments, readSettings, settingsSchema } from '../../lib/settings/settings';

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

test('only the embedded registry does without TLS', () => {
  expect(() =>
    readSettings(
      rootWith((text) => text),
      'mine',
    ),
  ).toThrow(
    "Pulumi.mine.yaml cannot be used:\n  - cloud-services-buildpacks:registry.plainHttp: found true, expected false: only 'local'",
  );
});

test('an unknown environment is answered with the known ones', () => {
  expect(() => readSettings(root, 'prod')).toThrow("no environment 'prod': there is no Pulumi.prod.yaml. Known: ");
});

test.each([
  [
    'a key that is not known',
    (text: string) => text.replace('config:\n', 'config:\n  cloud-services-buildpacks:mirrror: x\n'),
    /cloud-services-buildpacks:mirrror: there is no such key; known here: kubeContext, namespace, registry, mirror,/,
  ],
  [
    'a registry with a scheme',
    (text: string) => text.replace('host: registry', 'host: http://registry'),
    /cloud-services-buildpacks:registry\.host: found "http:\/\/registry\.local:5000", expected a host name, perhaps with :port/,
  ],
  [
    'a toolbox without a tag',
    (text: string) => text.replace('toolbox:bookworm', 'toolbox'),
    /:toolbox: found "registry\.local:5000\/platform\/toolbox", expected an image reference with a tag or digest/,
  ],
  ['what is no YAML', (text: string) => `${text}  bad: [`, /bad indentation/],
  ['no namespace', (text: string) => text.replace(/.*:namespace:.*\n/, ''), /:namespace: missing; expected a string/],
  [
    'a word that is not among those allowed',
    (text: string) => text.replace('Packages: substitute', 'Packages: ignore'),
    /:vanishedPackages: found "ignore", expected 'refuse' or 'substitute'/,
  ],
  [
    'a user id of the system',
    (text: string) => text.replace('uid: 50001', 'uid: 1000'),
    /:toolforge\.contractTools\.0\.uid: found 1000, expected at least 50000/,
  ],
  [
    'a text for a yes or no',
    (text: string) => text.replace('plainHttp: true', "plainHttp: 'yes'"),
    /:registry\.plainHttp: found "yes", expected a boolean/,
  ],
  [
    'a key that is not known, inside of another',
    (text: string) => text.replace('plainHttp: true', 'plainHtpp: true'),
    /:registry\.plainHtpp: there is no such key; known here: host, plainHttp, pushSecret/,
  ],
  [
    'a mirror that is no URL',
    (text: string) => text.replace('debian: http://packages', 'debian: ftp://packages'),
    /:mirror\.debian: found "ftp:.*", expected a URL that starts with http:\/\/ or https:\/\//,
  ],
  [
    'a single tool for the contract',
    (text: string) => text.replace(/ +- \{ name: demo-two.*\n/, ''),
    /:toolforge\.contractTools: found \[.*\], expected at least 2 items/,
  ],
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

test('without a context, it is the current one of kubeconfig', () => {
  expect(
    readSettings(
      rootWith((text) => text.replace(/.*:kubeContext:.*\n/, '').replace(/.*plainHttp:.*\n/, '')),
      'mine',
    ).kubeContext,
  ).toBeUndefined();
});

describe('Pulumi.yaml describes the same settings', () => {
  const { config } = load(readFileSync(join(root, 'Pulumi.yaml'), 'utf8')) as {
    config: Record<string, { type: string; description?: string; default?: unknown; items?: { type: string } }>;
  };
  const schema = z.toJSONSchema(settingsSchema, { io: 'input', unrepresentable: 'any' }) as {
    properties: Record<string, { type: string; default?: unknown; items?: { type: string } }>;
    required: string[];
  };

  test('with the same keys, both ways', () => {
    expect(Object.keys(config)).toEqual(Object.keys(schema.properties));
  });

  test.each(Object.keys(config))('%s: type, default, description', (key) => {
    const { type, default: otherwise, items } = schema.properties[key] ?? {};
    expect(config[key]).toEqual({
      type,
      description: expect.stringMatching(/^[A-Z].*\.$/) as string,
      ...(otherwise !== undefined && { default: otherwise }),
      ...(items && { items: { type: items.type } }),
    });
    // Pulumi asks every environment for what has no default.
    expect(schema.required.includes(key)).toBe(otherwise === undefined);
  });
});
