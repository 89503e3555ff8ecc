import pc from 'picocolors';
import type { FieldChange } from './field-changes';
import type { PackageChange } from './package-lock';

const LONGEST = 120;

/** A field that differs, as lines for people. */
export function renderField(change: FieldChange): string[] {
  const field = pc.bold(change.field);
  switch (change.kind) {
    case 'added':
      return [`${field}: ${pc.green(`+ ${show(change.to)}`)}`];
    case 'removed':
      return [`${field}: ${pc.red(`- ${show(change.from)}`)}`];
    case 'value':
      return [`${field}: ${pc.red(show(change.from))} -> ${pc.green(show(change.to))}`];
    case 'text':
      return [`${field}:`, ...change.lines.map((line) => `  ${colourLine(line)}`)];
    case 'packages':
      return [`${field}:`, ...change.packages.map((each) => `  ${renderPackage(each)}`)];
    case 'items':
      return [
        `${field}: ${[
          ...change.removed.map((item) => pc.red(`- ${show(item)}`)),
          ...change.added.map((item) => pc.green(`+ ${show(item)}`)),
        ].join(' ')}`,
      ];
    case 'order':
      return [`${field}: another order: ${change.to.map(String).join(', ')}`];
  }
}

function renderPackage({ name, from, to }: PackageChange): string {
  if (from === undefined) return pc.green(`+ ${name} ${to ?? ''}`);
  if (to === undefined) return pc.red(`- ${name} ${from}`);
  return from === to ? `${name} ${to}, built again` : `${name} ${pc.red(from)} -> ${pc.green(to)}`;
}

function colourLine(line: string): string {
  if (line.startsWith('+')) return pc.green(line);
  if (line.startsWith('-')) return pc.red(line);
  return pc.dim(line);
}

/** A value on one line; a long one is cut, for its whole is in the JSON. */
function show(value: unknown): string {
  const text = typeof value === 'string' && !value.includes('\n') ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}... (${text.length} characters)` : text;
}
