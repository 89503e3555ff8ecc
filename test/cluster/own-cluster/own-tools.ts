/** Two tools of this test alone, as people have theirs: accounts that the node's sssd knows, and homes. Their namespaces are the declarations'. */
import { chmodSync, chownSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { nodeStatePath, statePath } from '../../../local/directories';

const TOOLS = [
  { name: 'mine-one', uid: 50101 },
  { name: 'mine-two', uid: 50102 },
] as const;

export class OwnTools {
  readonly all = TOOLS;

  add(): void {
    for (const { name, uid } of TOOLS) {
      const home = statePath('project', name);
      mkdirSync(home, { recursive: true });
      chownSync(home, uid, uid);
      chmodSync(home, 0o2775);
    }
    this.write('passwd', ({ name, uid }) => `tools.${name}:x:${uid}:${uid}:tools.${name}:/data/project/${name}:/bin/bash\n`);
    this.write('group', ({ name, uid }) => `tools.${name}:x:${uid}:\n`);
  }

  remove(): void {
    for (const { name } of TOOLS) rmSync(statePath('project', name), { recursive: true, force: true });
    for (const file of ['passwd', 'group'] as const) this.write(file, () => '');
  }

  /** sssd looks at the files again when they change. */
  private write(file: 'passwd' | 'group', line: (tool: (typeof TOOLS)[number]) => string): void {
    const path = nodeStatePath('config/sssd', file);
    const others = readFileSync(path, 'utf8').split(/(?<=\n)/);
    const kept = others.filter((each) => !TOOLS.some(({ name }) => each.startsWith(`tools.${name}:`)));
    writeFileSync(path, [...kept, ...TOOLS.map(line)].join(''));
  }
}
