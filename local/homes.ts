/** The demo tools and their home directories: what NFS is in production is a directory with per-tool ownership here. */
import { chmod, chown, mkdir } from 'node:fs/promises';
import { statePath } from './directories';

/** The project that the demo tools belong to. */
export const project = 'tools';

export interface DemoTool {
  /** The tool's name, as in its home and its address. */
  readonly name: string;
  /** The Unix account, resolved by sssd. */
  readonly account: `${typeof project}.${string}`;
  /** User and group id; Toolforge's tools start at 50000. */
  readonly uid: number;
  /** The home directory as pods see it. */
  readonly home: `/data/project/${string}`;
}

export const demoTools = [
  { name: 'demo-one', account: 'tools.demo-one', uid: 50001, home: '/data/project/demo-one' },
  { name: 'demo-two', account: 'tools.demo-two', uid: 50002, home: '/data/project/demo-two' },
] as const satisfies readonly DemoTool[];

/** Makes the home directories; what is in them is never touched. */
export async function ensureHomes(): Promise<void> {
  for (const { name, uid } of demoTools) {
    const directory = statePath('project', name);
    await mkdir(directory, { recursive: true });
    await chown(directory, uid, uid);
    // Set-group-id: what a maintainer makes in a home belongs to the tool.
    await chmod(directory, 0o2775);
  }
}
