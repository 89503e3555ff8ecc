import type { IBuilder } from '../buildpacks/builder/builder';
import { lifecycleOf } from '../buildpacks/lifecycle';
import { runToml } from '../buildpacks/specification/platform-files';
import type { IStack } from '../buildpacks/stack/stack';
import type { Address } from '../registry/address';
import { repositoryOf } from '../registry/image-reference';
import type { Repository } from '../registry/registry';
import type { Arguments } from '../tekton/params';

/** What the pipelines of images are told. */
export const imageParams = {
  image: { description: 'Where the image goes; the tag is the address of its layers and of its run image.' },
  layers: { description: 'The tag of its layers on whichever run image they were built.' },
  builder: { description: 'The builder.' },
  lifecycle: { description: 'The version of the lifecycle in it.' },
  'run-image': { description: 'The run image.' },
  run: { description: 'The text of run.toml: on which run images it can be rebased.' },
  descriptor: { description: 'platform-image.json; without one, there is no such file.' },
  repository: { description: 'The repository of the image.' },
  tags: { description: 'The public tags, in the order in which they are moved, with blanks between them.' },
} as const;

/** Their type. */
export type ImageParams = typeof imageParams;

/** Where an image goes, and what it is made of. */
export interface ImageOf {
  readonly builder: IBuilder;
  /** Of its run image. */
  readonly stack: IStack;
  readonly repository: Repository;
  /** That of its layers. */
  readonly address: Address;
  /** platform-image.json; empty for none. */
  readonly descriptor: string;
  /** The public tags, in the order in which they are moved. */
  readonly tags: readonly string[];
}

/** The arguments of a pipeline for an image. */
export function imageArguments({ builder, stack, repository, address, descriptor, tags }: ImageOf): Arguments<ImageParams> {
  const { runImage } = stack;
  return {
    image: repository.addressed(address, runImage.address),
    layers: repository.addressed(address),
    builder: builder.image.reference,
    lifecycle: lifecycleOf(builder.lifecycle).version,
    'run-image': runImage.reference,
    // As the builder's own names its stack's, which may have copies elsewhere; without a tag, so that a later one of the same stack is one.
    run: stack === builder.stack ? builder.run : runToml([{ image: repositoryOf(runImage.reference) }]),
    descriptor,
    repository: repository.reference,
    tags: tags.join(' '),
  };
}
