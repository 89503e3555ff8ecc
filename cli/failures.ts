/**
 * Imported before everything else: whatever ends a command, be it thrown while its modules are loaded, is said here, and nowhere else.
 */
import { lastWords } from '../lib/synth/last-words';

let exitCode = 1;

process.on('uncaughtException', (thrown) => {
  console.error(lastWords(thrown));
  process.exit(exitCode);
});

/** Makes failures exit with 2, for commands whose exit code 1 is an answer, as `git diff --exit-code` has it. */
export function failWithTwo(): void {
  exitCode = 2;
}
