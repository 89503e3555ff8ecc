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

/** What Pulumi says of its failure. */
export function wordsOf({ message }: Error): string {
  if (message.includes('ENOENT'))
    return 'there is no `pulumi` on PATH. Install Pulumi\'s CLI, or take the embedded platform\'s: eval "$(npm run -s local -- env)"';
  // Pulumi's own words, without the command's frame.
  return /stderr: (.*?)\n(?:err\?|$)/s.exec(message)?.[1]?.trim() ?? message;
}
