import { suggestion } from '../synth/suggestion';

/** What a field may be. */
export interface Field {
  /** In words: `a text`. */
  readonly expected: string;
  /** Whether a value is that. */
  readonly fits: (value: unknown) => boolean;
  /** @default - it has to be there */
  readonly optional?: boolean;
}

/** The fields of T. An interface and its table cannot drift apart: `satisfies FieldsOf<Step>`. */
export type FieldsOf<T> = Readonly<Record<keyof T, Field>>;

/**
 * What is wrong with the form of a value whose types may have been lost, by a cast, a spread or a list of different things: fields that
 * nobody reads, that are missing, or that hold something else.
 *
 * @param whose - what the value is, `step 'a'`
 * @returns a line each, to be put after the construct's path
 */
export function shapeProblems(whose: string, value: unknown, fields: Readonly<Record<string, Field>>): string[] {
  if (!isObject(value)) return [`${whose} is ${shown(value)}; expected an object with ${Object.keys(fields).join(', ')}`];
  return [
    ...unknownFields(whose, value, Object.keys(fields)),
    ...Object.entries(fields).flatMap(([name, { expected, fits, optional = false }]) => {
      const held = value[name];
      if (held === undefined) return optional ? [] : [`${whose} has no ${name}; give it ${expected}`];
      return fits(held) ? [] : [`${whose}: its ${name} is ${shown(held)}; expected ${expected}`];
    }),
  ];
}

/** The fields of an object that nobody reads. */
export function unknownFields(whose: string, value: object, known: readonly string[]): string[] {
  return Object.keys(value)
    .filter((name) => !known.includes(name))
    .map((name) => `${whose} has the field '${name}', which nothing reads; ${suggestion(name, known)}`);
}

/** A value in few words, for a message. */
export function shown(value: unknown): string {
  if (value === undefined || typeof value === 'function' || typeof value === 'symbol') return typeof value;
  const text = typeof value === 'bigint' ? String(value) : (JSON.stringify(value) as string | undefined);
  if (text === undefined) return typeof value;
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** Whether a value is a text. */
export const isText = (value: unknown): value is string => typeof value === 'string';
/** Whether a value is an object, and no list. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
