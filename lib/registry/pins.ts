import { z } from 'zod';

const pin = z.strictObject({
  /** What is public until the pin is removed, whatever the declarations would build. The registry has it, with its attestation. */
  digest: z
    .templateLiteral(['sha256:', z.string().regex(/^[0-9a-f]{64}$/)])
    .describe('the digest that a was- tag has: sha256:<64 hex characters>'),
  /** Why, for whoever asks when it may go. */
  reason: z.string().trim().min(1),
  since: z.iso.date(),
});

const pinsSchema = z.record(z.string(), pin);

/** A digest that an image's public tags are held at. */
export type Pin = z.infer<typeof pin>;

/** The pinned images of an environment, by their names: `python311-sssd-web`. */
export type Pins = Readonly<Record<string, Pin>>;

const EXPECTED: Readonly<Record<string, string>> = {
  digest: 'sha256:<64 hex characters>',
  reason: 'a sentence that says why',
  since: 'a date, 2026-11-25',
};

/** What the file is, and what each of its images has. */
const PLACES = [
  'an object with the names of images as its keys',
  `{${Object.entries(EXPECTED)
    .map(([key, what]) => `"${key}": "${what}"`)
    .join(', ')}}`,
];

/**
 * A file of pins.
 *
 * @param content - parsed JSON: `{"python311-sssd-web": {"digest": "sha256:...", "reason": "...", "since": "2026-11-25"}}`
 * @throws Error naming every wrong key, what was found and what is expected
 */
export function parsePins(content: unknown): Pins {
  const parsed = pinsSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  - ${problemOf(issue, content)}`);
  throw new Error(`the pins cannot be used:\n${lines.join('\n')}`);
}

function problemOf({ path, message, ...issue }: z.core.$ZodIssue, content: unknown): string {
  const at = path.join('.') || 'the file';
  const key = String(path[1] ?? '');
  if (issue.code === 'unrecognized_keys')
    return `${at}: there is no such key: ${issue.keys.join(', ')}; known are ${Object.keys(EXPECTED).join(', ')}`;
  const found = path.reduce<unknown>((held, part) => (held as Record<PropertyKey, unknown> | undefined)?.[part], content);
  const expected = path.length < 2 ? PLACES[path.length] : (EXPECTED[key] ?? message);
  return `${at}: found ${found === undefined ? 'nothing' : JSON.stringify(found)}, expected ${expected ?? message}`;
}

/**
 * What is wrong with pins beside the images that are declared.
 *
 * @param declared - the names of all images
 * @returns a line a problem
 */
export function pinProblems(pins: Pins, declared: readonly string[]): string[] {
  return Object.keys(pins)
    .filter((name) => !declared.includes(name))
    .map(
      (name) =>
        `'${name}' is pinned, and no declaration has an image of that name; correct or remove the pin. Declared are: ${declared.join(', ') || 'none'}`,
    );
}
