/**
 * Images that the platform itself needs. Each is composed once into the cache, under the hash of its definition, and pushed to
 * the registry when it lacks it. Pods may push there too, so that a tag is no promise: the cluster names what it runs by the digest
 * of what is in the cache. A changed definition is another image, and what refers to it rolls.
 */
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../run';
import { registryAddress, registryName } from '../addresses';
import { cachePath } from '../directories';
import { shortHash } from '../hash';

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
  /** A tag that people use, moved to this definition; the only one that moves. */
  readonly alias?: string;
  readonly settings: ImageSettings;
  /** What is below its layers, composed before and kept: what changes more seldom. @default - nothing */
  readonly from?: PlatformImage;
  /** Puts the layers into an OCI layout that holds an empty image, or what is below. */
  compose(image: string, progress: (message: string) => void): Promise<void>;
}

/** An image whose tag is made of a version and the hash of all that defines it. */
export function defineImage(
  image: Omit<PlatformImage, 'tag'> & { readonly version: string; readonly definition: unknown },
): PlatformImage {
  const { version, definition, ...rest } = image;
  return { ...rest, tag: `${version}-${shortHash(12, JSON.stringify([definition, image.settings]))}` };
}

const nameInCache = ({ repository, tag }: PlatformImage): string => `${repository.replaceAll('/', '-')}-${tag}`;
/** The OCI layout of an image, which has it as `latest` once it is composed. */
export const layoutOf = (image: PlatformImage): string => cachePath('images', nameInCache(image));

/** The digest of an image that has been composed. */
export function digestOf(image: PlatformImage): string {
  const index = JSON.parse(readFileSync(join(layoutOf(image), 'index.json'), 'utf8')) as { manifests: { digest: string }[] };
  const [manifest] = index.manifests;
  if (manifest === undefined) throw new Error(`${layoutOf(image)} has no image; remove it, and up makes it again`);
  return manifest.digest;
}

/** The name by which the cluster runs an image; by its tag where it has not been composed yet, and so cannot run either. */
export function referenceOf(image: PlatformImage): string {
  const isComposed = existsSync(layoutOf(image));
  return `${registryName}/${image.repository}${isComposed ? `@${digestOf(image)}` : `:${image.tag}`}`;
}

async function digestInRegistry(repository: string, reference: string): Promise<string | null> {
  const accept = 'application/vnd.oci.image.manifest.v1+json';
  const url = `http://${registryAddress}/v2/${repository}/manifests/${reference}`;
  const { ok, headers } = await fetch(url, { method: 'HEAD', headers: { accept } });
  return ok ? headers.get('docker-content-digest') : null;
}

/** Composes an image unless the cache has it. */
export async function ensureComposed(image: PlatformImage, progress: (message: string) => void): Promise<void> {
  const name = nameInCache(image);
  const layout = layoutOf(image);
  if (existsSync(layout)) return;
  progress(`composing ${image.repository}`);
  const draft = cachePath('temporary', name);
  await rm(draft, { recursive: true, force: true });
  await mkdir(cachePath('temporary'), { recursive: true });
  if (image.from !== undefined) {
    await ensureComposed(image.from, progress);
    await cp(layoutOf(image.from), draft, { recursive: true });
  } else {
    await run('umoci', ['init', '--layout', draft]);
    await run('umoci', ['new', '--image', `${draft}:latest`]);
  }
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
}

/** Makes an image and pushes it where the registry lacks it, or has another by one of its names; returns whether it did. */
export async function ensureImage(image: PlatformImage, progress: (message: string) => void): Promise<boolean> {
  await ensureComposed(image, progress);
  const digest = digestOf(image);
  const tags = image.alias === undefined ? [image.tag] : [image.tag, image.alias];
  let pushed = false;
  for (const tag of tags) {
    if ((await digestInRegistry(image.repository, tag)) === digest) continue;
    progress(`pushing ${image.repository}`);
    const target = `docker://${join(registryAddress, image.repository)}:${tag}`;
    const options = ['--quiet', '--preserve-digests', '--dest-tls-verify=false'];
    await run('skopeo', ['copy', ...options, `oci:${layoutOf(image)}:latest`, target]);
    pushed = true;
  }
  return pushed;
}
