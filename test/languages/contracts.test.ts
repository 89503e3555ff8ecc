/** What every contract of a language or server has to be. */
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { CONTRACTS } from '../../languages/contracts';
import { contractOf } from '../../lib/toolforge/contract/contract';
import type { LanguageContract } from '../../lib/toolforge/contract/language-contract';

interface Tried {
  readonly id: string;
  readonly checks?: readonly unknown[];
  readonly reason?: string;
}

const { languages, generic } = CONTRACTS;
const scripts = (folder: string) => readdirSync(folder).map((file) => `check.${basename(file)}`);
const named = languages.map((language) => [language.name, language] as const);

test('each language is there once', () => {
  expect(new Set(languages.map(({ name }) => name)).size).toBe(languages.length);
});

describe.each(named)('%s', (name, { items, checks, server = generic }: LanguageContract) => {
  const family = { kind: 'web', language: { [name]: '1.0' } } as const;
  const { files } = contractOf(family, CONTRACTS);

  test('its items and those of its server have numbers of their own, above those of all', () => {
    const numbers = [...items, ...server.items].map(({ number }) => number);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(Math.min(...numbers)).toBeGreaterThan(23);
    for (const { id, number } of [...items, ...server.items]) expect(id).toMatch(new RegExp(`^F[34]-${number}-[a-z0-9-]+$`));
  });

  test('every check that is there is used, and says what holds', () => {
    const own = Object.keys(files).filter((file) => file.startsWith('check.'));
    expect(own.toSorted()).toEqual([checks, server.checks].flatMap((each) => (each === undefined ? [] : scripts(each))).sort());
    for (const file of own) expect(files[file]).toMatch(/^#!\/bin\/bash\n# .*\n(.*\n)*set -euo pipefail\n/);
  });

  test('of an image for jobs something of its own is tried, and what needs a server is said to be for others', () => {
    const tried = JSON.parse(contractOf({ ...family, kind: 'base' }, CONTRACTS).files['items.json'] ?? '') as Tried[];
    const own = tried.filter(({ id }) => items.some((each) => each.id === id));
    expect(own.some(({ checks: each = [] }) => each.length > 0)).toBe(true);
    for (const { checks: each, reason } of own) expect(reason ?? each).not.toEqual([]);
  });

  test('its files have a size that a ConfigMap can hold', () => {
    expect(Object.values(files).join('').length).toBeLessThan(500_000);
  });
});
