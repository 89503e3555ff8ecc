import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changeSettings } from '../../lib/settings/change-settings';

const KEY = 'cloud-services-buildpacks:';
const digest = `registry.example:5000/cloud/toolbox@sha256:${'a'.repeat(64)}`;

function changed(text: string, values: Readonly<Record<string, string | readonly string[]>>): string {
  const root = mkdtempSync(join(tmpdir(), 'settings-'));
  writeFileSync(join(root, 'Pulumi.mine.yaml'), text);
  changeSettings(root, 'mine', values);
  return readFileSync(join(root, 'Pulumi.mine.yaml'), 'utf8');
}

test('a text is replaced, and nothing else: comments, order, quotes, line ends', () => {
  const text = [
    '# ours',
    'config:',
    `  ${KEY}toolbox: registry.example:5000/toolbox:1 # the old one`,
    `  ${KEY}other:   { a: 'b' }`,
    `  "${KEY}lifecycle": 'x.example/lifecycle:0.21.0'`,
    'encryptionsalt: v1:xyz',
    '',
  ].join('\r\n');
  expect(changed(text, { [`${KEY}lifecycle`]: digest, [`${KEY}toolbox`]: digest })).toBe(
    text.replace('registry.example:5000/toolbox:1', digest).replace("'x.example/lifecycle:0.21.0'", digest),
  );
});

test.each(['config: {}\n', `config:\n  ${KEY}toolbox: [a]\n`, '- a\n'])('where there is none, it is said: %s', (text) => {
  expect(() => changed(text, { [`${KEY}toolbox`]: digest })).toThrow(
    `Pulumi.mine.yaml cannot be used:\n  - ${KEY}toolbox: found no text, expected one to be replaced by ${digest}`,
  );
});

test('a list in brackets is replaced by another, and no other list', () => {
  const text = `config:\n  ${KEY}families: [bookworm, python311] # a few\n  ${KEY}publicTags:\n    - testing\n`;
  expect(changed(text, { [`${KEY}families`]: ['all'] })).toBe(text.replace('[bookworm, python311]', '[all]'));
  expect(() => changed(text, { [`${KEY}publicTags`]: ['testing', 'latest'] })).toThrow(
    `Pulumi.mine.yaml cannot be used:\n  - ${KEY}publicTags: found no list in brackets, expected one to be replaced by [testing, latest]`,
  );
});
