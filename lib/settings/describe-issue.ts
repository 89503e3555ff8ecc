import { z } from 'zod';

/**
 * One line of a wrong key: its name, what was found there, what is allowed. Settings hold no secrets, so values are shown, but for what
 * looks like a password in a URL.
 *
 * @param prefix - what stands before each key in the file
 */
export function describeIssue(issue: z.core.$ZodIssue, config: object, schema: z.ZodObject, prefix: string): string {
  const key = `${prefix}${issue.path.join('.')}`;
  if (issue.code === 'unrecognized_keys') {
    const before = issue.path.length === 0 ? key : `${key}.`;
    return `${issue.keys.map((each) => before + each).join(', ')}: there is no such key; known here: ${knownKeys(schema, issue.path).join(', ')}`;
  }
  const value = issue.path.reduce<unknown>((held, part) => (held as Record<PropertyKey, unknown> | undefined)?.[part], config);
  if (value === undefined) return `${key}: missing; expected ${expectation(issue)}`;
  return `${key}: found ${shown(value)}, expected ${expectation(issue)}`;
}

const WIDEST = 200;

/** A value as a word of a line: of a long text, such as a certificate, only what it begins with, since nobody reads more. */
function shown(value: unknown): string {
  const text = withoutPassword(JSON.stringify(value));
  const isLong = typeof value === 'string' && text.length > WIDEST;
  return isLong ? `${text.slice(0, 40)}…" (${value.length} characters)` : text;
}

const withoutPassword = (text: string): string => text.replace(/\/\/[^/@"]*@/g, '//...@');

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int' ? 'a whole number' : `${/^[aeiou]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}`;
    case 'invalid_value':
      return issue.values.map((each) => `'${String(each)}'`).join(' or ');
    case 'too_small':
      return `at least ${issue.minimum}${issue.origin === 'array' || issue.origin === 'tuple' ? ' items' : ''}`;
    case 'too_big':
      if (issue.origin === 'string') return issue.message;
      return `at most ${issue.maximum}${issue.origin === 'array' || issue.origin === 'tuple' ? ' items' : ''}`;
    default:
      return issue.message;
  }
}

/** The keys that the settings have at a path. */
function knownKeys(whole: z.ZodObject, path: readonly PropertyKey[]): string[] {
  let schema: unknown = whole;
  for (const part of path) {
    if (schema instanceof z.ZodObject) schema = (schema.shape as Record<PropertyKey, unknown>)[part];
    else if (schema instanceof z.ZodTuple) schema = schema.def.items[Number(part)];
  }
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}
