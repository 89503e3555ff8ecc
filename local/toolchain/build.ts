/** Builds a Go module of the toolchain into the cache, once. */
import { existsSync } from 'node:fs';
import { cp, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { run } from '../run';
import { cachePath } from '../directories';
import type { GoModule, GoModuleName } from './modules';
import { buildFolder, COMPILER_FLAGS, goModules, linkerFlags, moduleFolder } from './modules';

/** Whether a module's programs are in the cache. */
export function isBuilt(name: GoModuleName): boolean {
  return existsSync(buildFolder(name));
}

const environment = { GOTOOLCHAIN: 'local', GOWORK: 'off', GOFLAGS: '' };

/** Where Go keeps the files of a dependency; they are downloaded if need be. */
async function sourceOf(dependency: string, name: GoModuleName): Promise<string> {
  const { stdout } = await run('go', ['mod', 'download', '-json', dependency], { cwd: moduleFolder(name), env: environment });
  return (JSON.parse(stdout) as { readonly Dir: string }).Dir;
}

async function keepFiles(name: GoModuleName, { keep }: GoModule, folder: string): Promise<void> {
  if (keep === undefined) return;
  // The module cache is read-only and may be emptied at any time: what is needed later is copied and made writable.
  await cp(join(await sourceOf(keep.module, name), keep.folder), join(folder, keep.folder), { recursive: true });
  await run('chmod', ['-R', 'u+w', join(folder, keep.folder)]);
}

/** Has the compiler find the files to embed beside main.go, where go:embed wants them, without their being there. */
async function embeddingFlags(name: GoModuleName, { embed }: GoModule, folder: string): Promise<string[]> {
  if (embed === undefined) return [];
  const source = await sourceOf(embed.module, name);
  const seen = embed.files.map((file) => [join(moduleFolder(name), basename(file)), join(source, file)] as const);
  const overlay = join(folder, 'overlay.json');
  await writeFile(overlay, JSON.stringify({ Replace: Object.fromEntries(seen) }));
  return ['-overlay', overlay];
}

/**
 * Builds a module unless the cache has it, and tells how far it is. A killed build leaves nothing that looks complete.
 *
 * @param niceness - how much the compiler gives way to what else runs, as nice(1) has it
 */
export async function ensureBuilt(
  name: GoModuleName,
  progress: (message: string) => void = () => undefined,
  niceness = 0,
): Promise<void> {
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
    const embedding = await embeddingFlags(name, module, folder);
    const decided = [...COMPILER_FLAGS, ...tags, '-ldflags', linkerFlags(name)];
    const flags = [...embedding, '-v', '-mod=readonly', '-buildvcs=false', ...decided];
    // The compiler must not outlive us: a second `up` would compete with it for memory.
    await run('setpriv', ['--pdeathsig', 'KILL', 'nice', '-n', String(niceness), 'go', 'build', ...flags, ...target], {
      cwd: moduleFolder(name),
      env: { ...environment, CGO_ENABLED: '0' },
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
