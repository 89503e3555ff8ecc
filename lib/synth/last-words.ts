/** What only a mistake in this project's own code throws; everything else is said to whoever gave the input. */
const DEFECTS = [TypeError, ReferenceError, RangeError, SyntaxError, EvalError, URIError];

/**
 * Whether what was thrown is a defect of the program, which needs its stack, or a refusal, which needs none.
 *
 * Constructs and readers of input refuse with plain Errors, or subclasses of their own.
 */
export function isDefect(thrown: unknown): boolean {
  return !(thrown instanceof Error) || DEFECTS.some((kind) => thrown instanceof kind) || thrown.name === 'AssertionError';
}

/** What a command says at its end of what was thrown: a refusal's words, or a defect's stack. */
export function lastWords(thrown: unknown): string {
  if (!(thrown instanceof Error)) return `${String(thrown)}\n${REPORT}`;
  if (isDefect(thrown)) return `${thrown.stack ?? thrown.message}\n${REPORT}`;
  // Node has no words of its own for a host with several addresses of which none answers.
  if (thrown instanceof AggregateError && thrown.message === '') return thrown.errors.map(lastWords).join('\n');
  return thrown.message;
}

const REPORT = 'This is a defect of the program, not of what it was given: please report it, with the lines above.';
