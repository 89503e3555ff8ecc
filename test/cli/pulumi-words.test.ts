import { wordsOf } from '../../cli/pulumi-words';

/** The message of the Automation API's CommandError. */
const failed = (said: string): { readonly message: string } => {
  const frame = `Command failed with exit code 3: pulumi stack select --stack local --non-interactive\n${said}`;
  return { message: `code: -2\n stdout: \n stderr: ${frame}\n err?: Error: ${frame}\n` };
};

test('what Pulumi says is said once, without the command that said it', () => {
  expect(wordsOf(failed('error: incorrect passphrase'))).toBe('incorrect passphrase');
  expect(wordsOf(failed('something without a label'))).toContain('something without a label');
});

test('without a login, it is said where one logs in', () => {
  const words = wordsOf(failed('error: PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions'));
  expect(words).toMatch(/^Pulumi is not logged in to a backend/);
  expect(words).toContain('pulumi login <url>');
  expect(words).toContain('export PULUMI_BACKEND_URL=<url>');
  expect(words).not.toContain('PULUMI_ACCESS_TOKEN');
});

test('without the program, it is said where that is', () => {
  expect(wordsOf({ message: 'spawn pulumi ENOENT' })).toContain('eval "$(npm run -s local -- env)"');
});

test('another error is said as it is', () => {
  expect(wordsOf(new Error('another'))).toBe('another');
});
