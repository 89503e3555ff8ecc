/** Builds a Go module of the toolchain into the cache, once. */
import { existsSync } from 'node:fs';
import { cp, mkdir, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../run';
import { cachePath } from '../directories';
import type { GoModule, GoModuleName } from './modules';
import { buildFolder, goModules, linkerFlags, moduleFolder } from './modules';

/** Whether a module's programs are in the cache. */
export function isBuilt(name: GoModuleName): boolean {
  return existsSync(buildFolder(name));
}

async function keepFiles(name: GoModuleName, module: GoModule, folder: string): Promise<void> {
  if (module.keep === undefined) return;
  const { stdout } = await run('go', ['list', '-mod=readonly', '-m', '-f', '{{.Dir}}', module.keep.module], {
    cwd: moduleFolder(name),
    env: { GOTOOLCHAIN: 'local', GOWORK: 'off' },
  });
  // The module cache is read-only and may be emptied at any time: what is needed later is copied and made writable.
  await cp(join(stdout, module.keep.folder), join(folder, module.keep.folder), { recursive: true });
  await run('chmod', ['-R', 'u+w', join(folder, module.keep.folder)]);
}

/** Builds a module unless the cache has it, and tells how far it is. A killed build leaves nothing that looks complete. */
export async function ensureBuilt(name: GoModuleName, progress: (message: string) => void = () => undefined): Promise<void> {
  if (isBuilt(name)) return;
  const module: GoModule = goModules[name];
  const folder = cachePath('temporary', `${name}-${process.pid}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const started = Date.now();
  let packages = 0;
  const tell = (): void => {
    progress(`${name}: ${packages} packages compiled, ${Math.round((Date.now() - started) / 1000)} s`);
  };
  const timer = setInterval(tell, 1000);
  try {
    const { build } = module;
    const target = build.kind === 'program' ? ['-o', join(folder, build.name), '.'] : ['-o', `${folder}/`, 'tool'];
    const tags = module.tags === undefined ? [] : ['-tags', module.tags];
    const flags = ['-v', '-mod=readonly', '-buildvcs=false', '-trimpath', ...tags, '-ldflags', linkerFlags(name)];
    // The compiler must not outlive us: a second `up` would compete with it for memory.
    await run('setpriv', ['--pdeathsig', 'KILL', 'go', 'build', ...flags, ...target], {
      cwd: moduleFolder(name),
      env: { CGO_ENABLED: '0', GOTOOLCHAIN: 'local', GOWORK: 'off', GOFLAGS: '' },
      // With -v, the compiler names each package on a line of its own.
      onLine: (line) => {
        if (/^\S+$/.test(line)) packages++;
      },
    });
    for (const link of module.links ?? []) {
      if (build.kind === 'program') await symlink(build.name, join(folder, link));
    }
    await keepFiles(name, module, folder);
    await mkdir(cachePath('toolchain'), { recursive: true });
    await rename(folder, buildFolder(name));
  } finally {
    clearInterval(timer);
    await rm(folder, { recursive: true, force: true });
  }
}
