/** The npm registry that this machine's own npm uses; asked of npm itself. */
import { run } from '../run';

/** Its address, without a slash at the end. */
export async function npmRegistry(): Promise<string> {
  const { stdout } = await run('npm', ['config', 'get', 'registry']);
  return stdout.trim().replace(/\/+$/, '');
}
