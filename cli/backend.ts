import type { Stack } from '@pulumi/pulumi/automation';
import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';

const FILE = 'file://';

/**
 * The folder of a file backend, found as Pulumi finds it: `~` is the home that the system has for the user, whatever $HOME says, and a
 * relative path starts where the project is.
 *
 * @param url - as PULUMI_BACKEND_URL or `pulumi login` has it: `file:///srv/state`, `file://~`, `file://~/state`, `file://./state`
 * @returns undefined for a backend that is no folder
 * @see massageBlobPath in pulumi's pkg/backend/diy/backend.go
 */
export function backendFolder(url: string, project: string): string | undefined {
  if (!url.startsWith(FILE)) return undefined;
  const [path = ''] = url.slice(FILE.length).split('?');
  return path.startsWith('~') ? join(userInfo().homedir, path.slice(1)) : resolve(project, path);
}

/** The URL of the backend that a stack is in: as it was given, or else as Pulumi was logged in. */
export async function backendOf({ workspace }: Pick<Stack, 'workspace'>): Promise<string> {
  const given = process.env['PULUMI_BACKEND_URL'];
  if (given !== undefined && given !== '') return given;
  return (await workspace.whoAmI()).url ?? '';
}
