/**
 * Images that the platform itself needs. Each is composed once into the cache, under the hash of its definition, and pushed to
 * the registry when it lacks it. The hash is part of the tag: a changed definition is another image, and what refers to it rolls.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../run';
import { registryAddress, registryName } from '../addresses';
import { cachePath } from '../directories';

/** What a runtime needs to know of an image. */
export interface ImageSettings {
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly user?: string;
  readonly environment?: readonly string[];
}

export interface PlatformImage {
  /** `platform/toolbox`, say. */
  readonly repository: string;
  /** The tag that names exactly this definition. */
  readonly tag: string;
  /** A tag that people use, moved to this definition. */
  readonly alias?: string;
  /** The name that manifests use. */
  readonly reference: string;
  readonly settings: ImageSettings;
  /** Puts the layers into an OCI layout that holds an empty image. */
  compose(image: string, progress: (message: string) => void): Promise<void>;
}

/** An image whose tag is made of a version and the hash of all that defines it. */
export function defineImage(
  image: Omit<PlatformImage, 'tag' | 'reference'> & { readonly version: string; readonly definition: unknown },
): PlatformImage {
  const { version, definition, ...rest } = image;
  const hash = createHash('sha256')
    .update(JSON.stringify([definition, image.settings]))
    .digest('hex')
    .slice(0, 12);
  const tag = `${version}-${hash}`;
  return { ...rest, tag, reference: `${registryName}/${image.repository}:${tag}` };
}

async function isInRegistry(repository: string, tag: string): Promise<boolean> {
  const accept = 'application/vnd.oci.image.manifest.v1+json';
  const url = `http://${registryAddress}/v2/${repository}/manifests/${tag}`;
  const { ok } = await fetch(url, { method: 'HEAD', headers: { accept } });
  return ok;
}

async function ensureComposed(image: PlatformImage, progress: (message: string) => void): Promise<string> {
  const name = `${image.repository.replaceAll('/', '-')}-${image.tag}`;
  const layout = cachePath('images', name);
  if (existsSync(layout)) return layout;
  progress(`composing ${image.repository}`);
  const draft = cachePath('temporary', name);
  await rm(draft, { recursive: true, force: true });
  await mkdir(cachePath('temporary'), { recursive: true });
  await run('umoci', ['init', '--layout', draft]);
  await run('umoci', ['new', '--image', `${draft}:latest`]);
  await image.compose(`${draft}:latest`, progress);
  const { entrypoint = [], command = [], user, environment = [] } = image.settings;
  const settings = [
    ...entrypoint.flatMap((word) => ['--config.entrypoint', word]),
    ...command.flatMap((word) => ['--config.cmd', word]),
    ...environment.flatMap((variable) => ['--config.env', variable]),
    ...(user === undefined ? [] : ['--config.user', user]),
  ];
  await run('umoci', ['config', '--image', `${draft}:latest`, '--no-history', ...settings]);
  await mkdir(cachePath('images'), { recursive: true });
  await rename(draft, layout);
  return layout;
}

/** Makes an image and pushes it where the registry lacks it; returns whether it did. */
export async function ensureImage(image: PlatformImage, progress: (message: string) => void): Promise<boolean> {
  const tags = image.alias === undefined ? [image.tag] : [image.tag, image.alias];
  if (await isInRegistry(image.repository, image.tag)) return false;
  const layout = await ensureComposed(image, progress);
  progress(`pushing ${image.repository}`);
  // The tag that says the work is done comes last.
  for (const tag of tags.reverse()) {
    const target = `docker://${join(registryAddress, image.repository)}:${tag}`;
    await run('skopeo', ['copy', '--quiet', '--dest-tls-verify=false', `oci:${layout}:latest`, target]);
  }
  return true;
}
