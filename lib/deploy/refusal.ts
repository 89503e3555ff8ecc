import * as pulumi from '@pulumi/pulumi';

/**
 * An error that ends the Pulumi program with its message and nothing else.
 *
 * It has no stack: Pulumi's language host formats the stack of every error that nobody catches, which takes it ten seconds and more of
 * a program of this size, and then shows the message only.
 */
export function refusal(message: string): pulumi.RunError {
  const error = new pulumi.RunError(message);
  error.stack = message;
  return error;
}
