/** Where a rule stands: a document of the CNB specification and its heading. */
export type Section = `platform 0.15, "${string}"` | `buildpack 0.12, "${string}"` | `builder extension 0.1, "${string}"`;

/** One rule over one value, and whether the value keeps it. */
export interface Rule {
  readonly holds: boolean;
  /** What the value is of, such as `the build image's CNB_USER_ID`. */
  readonly what: string;
  readonly value: unknown;
  /** The end of "expected ...". */
  readonly expected: string;
  readonly section: Section;
}

/** A sentence for each rule that does not hold: what, its value, what was expected, and where that is written. */
export function problemsOf(rules: readonly Rule[]): readonly string[] {
  return rules
    .filter(({ holds }) => !holds)
    .map(({ what, value, expected, section }) => `${what} is ${said(value)}; expected ${expected} (${section})`);
}

function said(value: unknown): string {
  return value === undefined ? 'missing' : typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
}

/** The values that stand in a list more than once, each named once. */
export function repeated(values: readonly string[]): readonly string[] {
  return [...new Set(values.filter((value, i) => values.indexOf(value) !== i))];
}
