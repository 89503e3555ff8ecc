import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { z } from 'zod';
import { environments, readSettings, readSettingsToBootstrap, settingsSchema } from '../../lib/settings/settings';

const root = join(__dirname, '../..');

const DIGEST = `sha256:${'a'.repeat(64)}`;

/** A folder with one environment, `mine`: the settings of `local` as any other environment may say them, changed. */
function rootWith(change: (text: string) => string): string {
  const directory = mkdtempSync(join(tmpdir(), 'settings-'));
  const allowed = readFileSync(join(root, 'Pulumi.local.yaml'), 'utf8')
    .replace(/ +plainHttp: true\n/, '')
    .replace(/.*:vanishedPackages: .*\n/, '')
    .replace(/(:(toolbox|lifecycle): \S+)/g, `$1@${DIGEST}`);
  writeFileSync(join(directory, 'Pulumi.mine.yaml'), change(allowed));
  return directory;
}
const replacing =
  (what: string | RegExp, by: string) =>
  (text: string): string => {
    expect(text).toMatch(what);
    return text.replace(what, by);
  };
const adding = (line: string) => replacing('config:\n', `config:\n  cloud-services-buildpacks:${line}\n`);

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

test('what only the embedded platform may do is refused elsewhere, all of it at once', () => {
  const text = readFileSync(join(root, 'Pulumi.local.yaml'), 'utf8');
  expect(() =>
    readSettings(
      rootWith(() => text),
      'mine',
    ),
  ).toThrow(
    new RegExp(
      [
        '^Pulumi\\.mine\\.yaml cannot be used:',
        "  - .*:registry\\.plainHttp: found true, expected false: only 'local'.*",
        `  - .*:vanishedPackages: found "substitute", expected 'refuse': only 'local'.*`,
        `  - .*:toolbox: found ".*:bookworm", expected a digest, .*`,
        `  - .*:lifecycle: found ".*:0\\.21\\.0", expected its version and a digest, .*`,
      ].join('\n'),
    ),
  );
});

describe('outside of the embedded platform, toolbox and lifecycle are named by what is in them', () => {
  test.each([
    ['toolbox', 'registry.local:5000/platform/toolbox:bookworm', 'a digest, <host>/<repository>@sha256:<64 hex characters>'],
    [
      'lifecycle',
      'registry.local:5000/platform/lifecycle:0.21.0',
      'its version and a digest, <host>/<repository>:<version>@sha256:<64 hex characters>',
    ],
    [
      'lifecycle',
      `registry.local:5000/platform/lifecycle@${DIGEST}`,
      'its version and a digest, <host>/<repository>:<version>@sha256:<64 hex characters>',
    ],
  ])('%s as %s is refused, with what to do', (key, found, expected) => {
    const directory = rootWith(replacing(new RegExp(`:${key}: .*`), `:${key}: ${found}`));
    expect(() => readSettings(directory, 'mine')).toThrow(
      `Pulumi.mine.yaml cannot be used:\n  - cloud-services-buildpacks:${key}: found "${found}", expected ${expected}: only 'local' runs ` +
        'what a tag names, which can be moved. Let it be made, pushed and written here: npm run csb -- --environment mine bootstrap',
    );
  });

  test('a toolbox needs no tag, and may have one', () => {
    const without = replacing('toolbox:bookworm@', 'toolbox@');
    expect(readSettings(rootWith(without), 'mine').toolbox).toBe(`registry.local:5000/platform/toolbox@${DIGEST}`);
    expect(
      readSettings(
        rootWith((text) => text),
        'mine',
      ).toolbox,
    ).toBe(`registry.local:5000/platform/toolbox:bookworm@${DIGEST}`);
  });

  test('but for who makes them: whatever stands there is written anew, and everything else is asked as of others', () => {
    const unwritten = (text: string) => text.replace(/:(toolbox|lifecycle): .*/g, ":$1: ''");
    expect(readSettingsToBootstrap(rootWith(unwritten), 'mine').mirror.debian).toMatch(/^http/);
    expect(() =>
      readSettingsToBootstrap(
        rootWith((text) => unwritten(text).replace('host: registry', 'plainHttp: true\n    host: registry')),
        'mine',
      ),
    ).toThrow(
      /^Pulumi\.mine\.yaml cannot be used:\n {2}- .*:registry\.plainHttp: found true, expected false: only 'local'[^\n]*$/,
    );
    expect(() => readSettingsToBootstrap(rootWith(replacing(/.*:toolbox: .*\n/, '')), 'mine')).toThrow(/:toolbox: missing/);
  });
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
    /cloud-services-buildpacks:registry\.host: found "http:\/\/registry\.local:5000", expected a host name with a dot, or with :port/,
  ],
  [
    'a toolbox without a tag',
    replacing(/toolbox:bookworm@\S+/, 'toolbox'),
    /:toolbox: found "registry\.local:5000\/platform\/toolbox", expected an image reference with a tag or digest/,
  ],
  ['what is no YAML', (text: string) => `${text}  bad: [`, /Flow sequence .* at line \d+, column \d+/],
  ['no namespace', (text: string) => text.replace(/.*:namespace:.*\n/, ''), /:namespace: missing; expected a string/],
  [
    'a word that is not among those allowed',
    adding('vanishedPackages: ignore'),
    /:vanishedPackages: found "ignore", expected 'refuse' or 'substitute'/,
  ],
  [
    'a user id of the system',
    (text: string) => text.replace('uid: 50001', 'uid: 1000'),
    /:toolforge\.contractTools\.0\.uid: found 1000, expected at least 50000/,
  ],
  [
    'a text for a yes or no',
    replacing('host: registry', "plainHttp: 'yes'\n    host: registry"),
    /:registry\.plainHttp: found "yes", expected a boolean/,
  ],
  [
    'a key that is not known, inside of another',
    replacing('host: registry', 'plainHtpp: true\n    host: registry'),
    /:registry\.plainHtpp: there is no such key; known here: host, plainHttp, pushSecret, pullSecret, certificateAuthority, prefix/,
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
  [
    'no public tag',
    adding('publicTags: []'),
    /:publicTags: found \[\], expected \[testing\], or \[testing, latest\] in this order/,
  ],
  ['a public tag twice', adding('publicTags: [testing, testing]'), /:publicTags: found \["testing","testing"\], expected/],
  ['latest before testing', adding('publicTags: [latest, testing]'), /:publicTags: found \["latest","testing"\], expected/],
  ['latest without testing', adding('publicTags: [latest]'), /:publicTags: found \["latest"\], expected/],
  ['two contract tools of one name', replacing('demo-two', 'demo-one'), /:toolforge\.contractTools: .*expected two tools: both/],
  ['two contract tools of one UID', replacing('50002', '50001'), /:toolforge\.contractTools: .*expected two tools of two UIDs/],
  [
    'a UID beyond 31 bits',
    replacing('50002', '2147483648'),
    /contractTools\.1\.uid: found 2147483648, expected at most 2147483647/,
  ],
  ['a UID that is no whole number', replacing('50002', '50002.5'), /uid: found 50002\.5, expected a whole number/],
  ['a tool whose namespace is too long', replacing('demo-two', 'x'.repeat(59)), /name: found .*, expected a name of at most 58/],
  [
    'a namespace of the cluster itself',
    replacing('platform-images', 'kube-system'),
    /:namespace: found "kube-system", expected a namespace/,
  ],
  [
    'a context with a blank',
    replacing('buildpacks-local', 'buildpacks local'),
    /:kubeContext: found .*, expected the name of a context/,
  ],
  [
    'a registry that is a name on Docker Hub',
    replacing('registry.local:5000\n', 'registry\n'),
    /host: found "registry", expected/,
  ],
  ['a registry with port 0', replacing('registry.local:5000\n', 'registry.local:0\n'), /host: found .*, expected/],
  ['a toolbox of Docker Hub', replacing('registry.local:5000/platform/toolbox', 'library/debian'), /:toolbox: found "library/],
  ['a toolbox with a blank', replacing(/registry\S+toolbox:bookworm/, "'registry.local/toolbox :bookworm'"), /cannot be used/],
  ['a toolbox that a shell would run', replacing('toolbox:bookworm', 'toolbox$(id):bookworm'), /:toolbox: found .*\$\(id\)/],
  [
    'a toolbox with a short digest',
    replacing(/toolbox:bookworm@\S+/, 'toolbox@sha256:0123'),
    /:toolbox: found .*, expected an image reference/,
  ],
  ...[
    "'http://packages.local/debian main'",
    "'http://packages.local/it''s'",
    '"http://packages.local/a\\nb"',
    '"http://packages.local/a\\tb"',
    'http://packages.local/[x]',
    'http://packages.local/$(id)',
    'http://packages.local/a?b=c',
    'http://packages.local/a#b',
    'http://packages.local/debian/',
    'http://',
  ].map((url): [string, (text: string) => string, RegExp] => [
    `the mirror ${url}`,
    replacing('http://packages.local:3142/debian\n', `${url}\n`),
    /:mirror\.debian: found .*, expected a URL that starts with .* no user or password, blanks, quotes, query/,
  ]),
  ['a key twice', adding('namespace: other'), /Map keys must be unique at line \d+/],
  [
    'a value that has itself',
    replacing('mirror:\n', 'mirror: &mirror\n    again: *mirror\n'),
    /line \d+: \*mirror is part of what it names; write the value out/,
  ],
  [
    'an alias that names nothing',
    replacing('namespace: platform-images', 'namespace: *nothing'),
    /line \d+: \*nothing names nothing/,
  ],
  ['a tag that nobody knows', replacing('platform-images', '!!js/function x'), /Unresolved tag/],
  ['a list', () => '- a\n', /found a list, expected a map that has config/],
  ['an empty file', () => '', /found nothing, expected a map that has config/],
  ['a word', () => 'config\n', /found a string, expected a map that has config/],
  ['a list as config', () => 'config: [a]\n', /config: found a list, expected a map of cloud-services-buildpacks:<key>/],
  ['nothing as config', () => 'config:\n', /config: found nothing, expected/],
  [
    'a misspelt config',
    replacing('config:', 'cofig:'),
    /cofig: there is no such key; known here: config, .*\n.*config: found nothing/,
  ],
  ['a key without the project', replacing('config:\n', 'config:\n  namespace: x\n'), /- namespace: nothing reads this key/],
  ['two documents', (text: string) => `${text}---\n${text}`, /multiple documents/],
])('%s is refused, naming file and key', (_, change, message) => {
  const directory = rootWith(change);
  expect(() => readSettings(directory, 'mine')).toThrow(message);
  expect(() => readSettings(directory, 'mine')).toThrow('Pulumi.mine.yaml cannot be used');
});

const inRegistry = (line: string) => replacing(/( +)(host: .*\n)/, `$1$2$1${line}\n`);

test.each([
  [
    'a prefix with / at the end',
    'prefix: cloud/',
    /registry\.prefix: found "cloud\/", expected at most 100 characters: lower-case words/,
  ],
  ['a prefix with capitals', 'prefix: Cloud', /registry\.prefix: found "Cloud"/],
  [
    'an authority that is none',
    "certificateAuthority: 'no certificate'",
    /certificateAuthority: found "no certificate", expected certificates in PEM/,
  ],
  [
    'a key beside the authority',
    `certificateAuthority: "-----BEGIN PRIVATE KEY-----\\n${'s'.repeat(300)}\\n-----END PRIVATE KEY-----"`,
    /certificateAuthority: found "-----BEGIN PRIVATE KEY-----\\ns{10}…" \(35\d characters\), expected .* no key/,
  ],
  ['a pull secret of no name', 'pullSecret: My Secret', /registry\.pullSecret: found "My Secret", expected a DNS label/],
])('of the registry, %s is refused', (_, line, message) => {
  expect(() => readSettings(rootWith(inRegistry(line)), 'mine')).toThrow(message);
});

test('a copy of a settings file is an environment of its own', () => {
  const directory = rootWith((text) => text);
  copyFileSync(join(directory, 'Pulumi.mine.yaml'), join(directory, 'Pulumi.yours.yaml'));
  expect(environments(directory)).toEqual(['mine', 'yours']);
});

test('a settings file of a name that nothing would find is refused', () => {
  const directory = rootWith((text) => text);
  copyFileSync(join(directory, 'Pulumi.mine.yaml'), join(directory, 'Pulumi.Yours.yml'));
  expect(() => environments(directory)).toThrow('Pulumi.Yours.yml cannot be used:\n  - this is the name of no settings file');
});

test('the password of a mirror is refused, and not shown', () => {
  const directory = rootWith(replacing('http://packages', 'http://me:secret@packages'));
  expect(() => readSettings(directory, 'mine')).toThrow(/mirror\.debian: found "http:\/\/\.\.\.@packages/);
});

test('a checkout with CRLF, or a byte order mark, says the same', () => {
  const plain = readSettings(
    rootWith((text) => text),
    'mine',
  );
  for (const change of [(text: string) => text.replaceAll('\n', '\r\n'), (text: string) => `\uFEFF${text}`])
    expect(readSettings(rootWith(change), 'mine')).toEqual(plain);
});

test('an alias of something that stands before it is its value', () => {
  const directory = rootWith(
    replacing(/debian: (\S+)\n {4}security: \S+/, 'debian: &mirror http://packages.local/debian\n    security: *mirror'),
  );
  expect(readSettings(directory, 'mine').mirror.security).toBe('http://packages.local/debian');
});

test('without a context, it is the current one of kubeconfig', () => {
  expect(
    readSettings(
      rootWith((text) => text.replace(/.*:kubeContext:.*\n/, '')),
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
