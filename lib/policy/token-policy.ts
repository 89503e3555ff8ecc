import { podSpecsOf } from '../synth/pod-specs';
import type { Manifest } from '../synth/synthesized';
import type { Policy, Violation } from './policy';

interface PodTemplate {
  readonly automountServiceAccountToken?: boolean;
}

interface RunSpec {
  readonly podTemplate?: PodTemplate;
  readonly taskRunTemplate?: { readonly podTemplate?: PodTemplate };
  readonly taskRunSpecs?: readonly { readonly pipelineTaskName?: string; readonly podTemplate?: PodTemplate }[];
}

/** A step that has to call the API mounts a token of its own, which ends; what is mounted by itself is in every container. */
export const noToken: Policy = {
  name: 'no-token',
  rule: 'No pod gets a token of the cluster by itself.',
  check: ({ manifest }) => problemsOf(manifest).map((message): Violation => ({ message })),
};

function problemsOf(manifest: Manifest): readonly string[] {
  const spec = (manifest['spec'] ?? {}) as RunSpec;
  switch (manifest.kind) {
    case 'ServiceAccount':
      return manifest['automountServiceAccountToken'] === false
        ? []
        : ['its token is mounted into every pod of it; set automountServiceAccountToken to false'];
    case 'PipelineRun':
      return [
        ...template('taskRunTemplate.podTemplate', spec.taskRunTemplate?.podTemplate),
        ...(spec.taskRunSpecs ?? []).flatMap(({ pipelineTaskName, podTemplate }) =>
          podTemplate === undefined ? [] : template(`the podTemplate of task '${pipelineTaskName ?? ''}'`, podTemplate),
        ),
      ];
    case 'TaskRun':
      return template('podTemplate', spec.podTemplate);
    // What makes their pods is a run, which says it for all.
    case 'Task':
    case 'Pipeline':
      return [];
    default:
      return podSpecsOf(manifest).flatMap(({ automountServiceAccountToken }) =>
        automountServiceAccountToken === false
          ? []
          : ["its pods get their service account's token; set automountServiceAccountToken to false"],
      );
  }
}

function template(where: string, podTemplate: PodTemplate | undefined): readonly string[] {
  if (podTemplate?.automountServiceAccountToken === false) return [];
  return [`its pods get their service account's token; set automountServiceAccountToken to false in ${where}`];
}
