import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { z } from 'zod';
import { contentHash } from '../../synth/content-hash';

// https://github.com/buildpacks/spec/blob/buildpack/0.11/buildpack.md#buildpacktoml-toml
const descriptorSchema = z.object({
  api: z.string(),
  buildpack: z.object({
    id: z.string().regex(/^[A-Za-z0-9./-]+$/),
    version: z.string().regex(/^\d+\.\d+\.\d+$/),
    name: z.string().optional(),
  }),
});

/** A file of a buildpack: its path in the buildpack, its text, and whether it is a program. */
export interface BuildpackFile {
  readonly path: string;
  readonly content: string;
  readonly executable: boolean;
}

/** A CNB buildpack, whole by itself. */
export interface Buildpack {
  readonly id: string;
  readonly version: string;
  readonly api: string;
  readonly files: readonly BuildpackFile[];
  /** The SHA-256 of all files, in lower-case hex. */
  readonly hash: string;
}

/**
 * Reads a buildpack from its folder; links to what several buildpacks share are followed.
 *
 * @throws Error naming the file and what is wrong with it
 */
export function readBuildpack(folder: string): Buildpack {
  const parsed = descriptorSchema.safeParse(readToml(join(folder, 'buildpack.toml')));
  if (!parsed.success)
    throw new Error(
      `${folder}/buildpack.toml: ${parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`,
    );
  const { api, buildpack } = parsed.data;
  const files = filesOf(folder, '');
  for (const program of ['bin/detect', 'bin/build'])
    if (!files.some(({ path, executable }) => path === program && executable))
      throw new Error(
        `${folder}/${program}: a buildpack has this program (CNB buildpack 0.11, "Buildpack Interface"); add it, executable`,
      );
  return { id: buildpack.id, version: buildpack.version, api, files, hash: contentHash({ files }) };
}

function readToml(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'));
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
          content: readFileSync(join(folder, path), 'utf8'),
          executable: path.startsWith('bin/') || (status.mode & 0o100) !== 0,
        },
      ];
    });
}

/** The id as the lifecycle writes it in paths (CNB platform 0.13, "Build Image": `/cnb/buildpacks/<escaped id>/<version>`). */
export function escapedId({ id }: Pick<Buildpack, 'id'>): string {
  return id.replaceAll('/', '_');
}
