import { CommandError } from '@pulumi/pulumi/automation';

/** Does what shows nothing of Pulumi's CLI while it works; when it fails, its words are the error. */
export async function inItsWords<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new Error(wordsOf(error as Error), { cause: error });
  }
}

/** Does what shows the CLI's output while it works; when it fails, that is not said again. */
export async function shown<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof CommandError && error.name === 'CommandError'
      ? new Error('Failed; the reason stands above.', { cause: error })
      : error;
  }
}

/** What Pulumi says of its failure, once, and without the command's frame around it. */
export function wordsOf({ message }: Pick<Error, 'message'>): string {
  if (message.includes('ENOENT'))
    return 'there is no `pulumi` on PATH. Install Pulumi\'s CLI, or take the embedded platform\'s: eval "$(npm run -s local -- env)"';
  if (/PULUMI_ACCESS_TOKEN must be set|not logged in|pulumi login/i.test(message)) return NO_LOGIN;
  const [, said] = /stderr: (.*?)(?:\n ?err\?|$)/s.exec(message) ?? [];
  const lines = (said ?? message).trim().split('\n');
  // The program that runs the command puts its own line before what Pulumi says.
  const errors = lines.filter((line) => line.startsWith('error: ')).map((line) => line.slice('error: '.length));
  return [...new Set(errors.length > 0 ? errors : lines)].join('\n');
}

const NO_LOGIN = `Pulumi is not logged in to a backend, which is where it keeps what it has deployed. Nothing was changed. Either, once on this machine:
  pulumi login <url>                       # such as file:///srv/pulumi-state, s3://<bucket>, or Pulumi's own service without a URL
or, for this shell:
  export PULUMI_BACKEND_URL=<url>`;
