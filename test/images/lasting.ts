import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { IBuilder } from '../../lib/buildpacks/builder/builder';
import type { IImage } from '../../lib/registry/image';
import { LASTING_ANNOTATION, type PipelineRun } from '../../lib/tekton/pipeline-run';

/** What the run of an image leaves: as deployment reads it, and as the cluster keeps it. */
export function whatLasts(image: IConstruct) {
  const run = image.node.findChild('run') as PipelineRun<never>;
  const { metadata } = run.node.findChild('Resource') as ApiObject;
  const { annotations } = metadata.toJson() as { readonly annotations: Readonly<Record<string, string>> };
  return { lasting: run.lasting, annotation: annotations[LASTING_ANNOTATION] };
}

/** The same, of an image whose layers last, whatever run image they are on, and are made with a builder. */
export function layersLast({ reference }: Pick<IImage, 'reference'>, builder: Pick<IBuilder, 'image'>) {
  const layers = reference.replace(/-r[0-9a-f]+$/, '');
  return { lasting: { what: layers, from: [builder.image] }, annotation: layers };
}
