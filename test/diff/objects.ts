import type { DescribedObject } from '../../lib/diff/described-object';
import { IMAGE_ANNOTATION } from '../../lib/tekton/pipeline-run';

type Fields = Readonly<Record<string, unknown>>;

/** An object at a construct path, in namespace `builds`. */
export function object(path: string, kind: string, name: string, fields: Fields = {}): DescribedObject {
  const apiVersion = { Task: 'tekton.dev/v1', Pipeline: 'tekton.dev/v1', PipelineRun: 'tekton.dev/v1' }[kind] ?? 'v1';
  return {
    chart: path.split('/')[0] ?? '',
    path,
    manifest: { apiVersion, kind, ...fields, metadata: { name, namespace: 'builds', ...(fields['metadata'] ?? {}) } },
  };
}

export const configMap = (path: string, name: string, data: Fields): DescribedObject => object(path, 'ConfigMap', name, { data });

/** A run of pipeline `stack`, with its parameters and the image that it makes. */
export function run(path: string, name: string, image: string, params: Readonly<Record<string, string>> = {}): DescribedObject {
  return object(path, 'PipelineRun', name, {
    metadata: { annotations: { [IMAGE_ANNOTATION]: image } },
    spec: {
      pipelineRef: { name: 'stack' },
      params: Object.entries(params).map(([parameter, value]) => ({ name: parameter, value })),
    },
  });
}
