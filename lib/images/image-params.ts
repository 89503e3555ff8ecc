import type { IBuilder } from '../buildpacks/builder/builder';
import { lifecycleOf } from '../buildpacks/lifecycle';
import type { Address } from '../registry/address';
import type { Repository } from '../registry/registry';

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

/** Where an image goes, and what it is made of. */
export interface ImageOf {
  readonly builder: IBuilder;
  readonly repository: Repository;
  /** That of its layers. */
  readonly address: Address;
  /** platform-image.json; empty for none. */
  readonly descriptor: string;
  /** The public tags, in the order in which they are moved. */
  readonly tags: readonly string[];
}

/** The arguments of a pipeline for an image. */
export function imageArguments({ builder, repository, address, descriptor, tags }: ImageOf) {
  const { runImage } = builder.stack;
  return {
    image: repository.addressed(address, runImage.address),
    layers: repository.addressed(address),
    builder: builder.image.reference,
    lifecycle: lifecycleOf(builder.lifecycle).version,
    'run-image': runImage.reference,
    run: builder.run,
    descriptor,
    repository: repository.reference,
    tags: tags.join(' '),
  };
}
