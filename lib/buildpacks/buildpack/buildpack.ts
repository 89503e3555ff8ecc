import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { z } from 'zod';
import { contentHash } from '../../synth/content-hash';
import { fromProject } from '../../synth/source-file';
import { textOf } from '../../tekton/script';
import { type BuildpackData, buildpackProblems } from '../specification/buildpack';
import type { BuildpackTarget } from '../specification/target';

const target = z.object({
  os: z.string().optional(),
  arch: z.string().optional(),
  variant: z.string().optional(),
  distros: z.array(z.object({ name: z.string().optional(), version: z.string().optional() })).optional(),
});

// What a platform reads of it; the rest is the lifecycle's (CNB buildpack 0.12, "buildpack.toml (TOML)").
const descriptorSchema = z.object({
  api: z.string(),
  buildpack: z.object({ id: z.string(), version: z.string(), 'sbom-formats': z.array(z.string()).optional() }),
  targets: z.array(target).optional(),
  order: z
    .array(z.object({ group: z.array(z.object({ id: z.string(), version: z.string(), optional: z.boolean().default(false) })) }))
    .optional(),
  stacks: z.array(z.object({ id: z.string() })).optional(),
});

/** A file of a buildpack: its path in the buildpack, its text, and whether it is a program. */
export interface BuildpackFile {
  readonly path: string;
  readonly content: string;
  readonly executable: boolean;
}

/** A CNB buildpack, whole by itself, addressed by its content. */
export interface Buildpack extends BuildpackData {
  /** The folder that it was read from, relative to the project's root: `languages/python/buildpack`. */
  readonly folder: string;
  readonly files: readonly BuildpackFile[];
  /** The SHA-256 of all files, in lower-case hex. */
  readonly hash: string;
}

/**
 * Reads a buildpack from its folder; links to what several buildpacks share are followed.
 *
 * @param more - files that its folder has not
 * @throws Error naming the folder, what is wrong, and the section of the specification that says so
 */
export function readBuildpack(folder: string, more: readonly BuildpackFile[] = []): Buildpack {
  const parsed = descriptorSchema.safeParse(readToml(join(folder, 'buildpack.toml')));
  if (!parsed.success)
    throw new Error(
      `${folder}/buildpack.toml: ${parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`,
    );
  const { api, buildpack, targets, order, stacks } = parsed.data;
  const files = together(filesOf(folder, ''), more);
  const data = {
    id: buildpack.id,
    version: buildpack.version,
    api,
    ...(targets && { targets: targets as readonly BuildpackTarget[] }),
    ...(buildpack['sbom-formats'] && { sbomFormats: buildpack['sbom-formats'] }),
    ...(order && { order: order.map(({ group }) => group) }),
    ...(stacks && { stacks: stacks.map(({ id }) => id) }),
    programs: files.filter(({ executable }) => executable).map(({ path }) => path),
  };
  const problems = buildpackProblems(data);
  if (problems.length > 0) throw new Error(`${folder}: ${problems.join('; ')}`);
  return { ...data, folder: fromProject(folder), files, hash: buildpackHash(files) };
}

/** A buildpack with files that its folder has not. Files of one path are one; the order is that of the folder. */
export function withFiles(buildpack: Buildpack, more: readonly BuildpackFile[]): Buildpack {
  const files = together(buildpack.files, more);
  return { ...buildpack, files, hash: buildpackHash(files) };
}

function together(files: readonly BuildpackFile[], more: readonly BuildpackFile[]): BuildpackFile[] {
  const added = new Set(more.map(({ path }) => path));
  const placed = (path: string): string => path.replaceAll('/', '\0');
  return [...files.filter(({ path }) => !added.has(path)), ...more].sort((one, other) =>
    placed(one.path) < placed(other.path) ? -1 : 1,
  );
}

/** The layer that the buildpack `toolforge/<name>` lays, by its place in an image. */
export function layerOf(name: string): string {
  return `/layers/toolforge_${name}/${name}`;
}

/** What decides what a buildpack does: its files, or those that count. */
export function buildpackHash(files: readonly BuildpackFile[]): string {
  return contentHash({ files });
}

function readToml(file: string): unknown {
  try {
    return parse(textOf(file));
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
}

function filesOf(folder: string, below: string): BuildpackFile[] {
  return readdirSync(join(folder, below))
    .sort()
    .flatMap((name) => {
      const path = join(below, name);
      const status = statSync(join(folder, path));
      if (status.isDirectory()) return filesOf(folder, path);
      return [
        {
          path,
          content: textOf(join(folder, path)),
          executable: path.startsWith('bin/') || (status.mode & 0o100) !== 0,
        },
      ];
    });
}

/** The id as the lifecycle writes it in paths (CNB platform 0.13, "Build Image": `/cnb/buildpacks/<escaped id>/<version>`). */
export function escapedId({ id }: Pick<Buildpack, 'id'>): string {
  return id.replaceAll('/', '_');
}
