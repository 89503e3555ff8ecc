import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Alias, type Document, isMap, LineCounter, parseDocument, visit } from 'yaml';
import { unusable } from './settings-error';

/** What Pulumi keeps in a settings file beside `config`. It writes these itself. */
const PULUMIS = ['secretsprovider', 'encryptedkey', 'encryptionsalt'];

/**
 * The entries of `config` in a settings file that are this project's, by their names without the project.
 *
 * @throws SettingsError for what is no YAML, has a key twice, refers to itself, or has keys that nothing reads
 */
export function readConfig(root: string, file: string, project: string): Readonly<Record<string, unknown>> {
  const { config, ...others } = parseMap(root, file);
  const problems = Object.keys(others)
    .filter((key) => !PULUMIS.includes(key))
    .map((key) => `${key}: there is no such key; known here: config, ${PULUMIS.join(', ')}`);
  if (!isPlainMap(config))
    throw unusable(file, [...problems, `config: found ${kindOf(config)}, expected a map of ${project}:<key>`]);
  const unread = Object.keys(config)
    .filter((key) => !key.startsWith(`${project}:`) && !key.startsWith('pulumi:'))
    .map((key) => `${key}: nothing reads this key; this project's are written ${project}:<key>`);
  if (problems.length + unread.length > 0) throw unusable(file, [...problems, ...unread]);
  const own = Object.entries(config).filter(([key]) => key.startsWith(`${project}:`));
  return Object.fromEntries(own.map(([key, value]) => [key.slice(project.length + 1), value]));
}

function parseMap(root: string, file: string): Readonly<Record<string, unknown>> {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(join(root, file), 'utf8'), { lineCounter: lines });
  const wrong = [...document.errors, ...document.warnings].map(({ message }) => message.trimEnd().replace(/\n+/g, '\n    '));
  const problems = [...wrong, ...(wrong.length === 0 ? aliasProblems(document, lines) : [])];
  if (problems.length > 0) throw unusable(file, problems);
  if (isMap(document.contents)) return document.toJS() as Readonly<Record<string, unknown>>;
  throw unusable(file, [`found ${kindOf(document.toJS())}, expected a map that has config`]);
}

/** An alias has to name something that stands before it and is whole by then. */
function aliasProblems(document: Document.Parsed, lines: LineCounter): string[] {
  const problems: string[] = [];
  visit(document, {
    Alias(_, alias: Alias, around) {
      const target = alias.resolve(document);
      const line = lines.linePos(alias.range?.[0] ?? 0).line;
      if (target === undefined) problems.push(`line ${line}: *${alias.source} names nothing that stands before it`);
      else if (around.includes(target))
        problems.push(`line ${line}: *${alias.source} is part of what it names; write the value out`);
    },
  });
  return problems;
}

function isPlainMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
