import { podSpecsOf } from '../synth/pod-specs';
import type { Manifest } from '../synth/synthesized';
import { podsOfRun, runSpecOf } from '../synth/tekton-specs';
import type { Policy, Violation } from './policy';

/** A step that has to call the API mounts a token of its own, which ends; what is mounted by itself is in every container. */
export const noToken: Policy = {
  name: 'no-token',
  rule: 'No pod gets a token of the cluster by itself.',
  check: ({ manifest }) => problemsOf(manifest).map((message): Violation => ({ message })),
};

function problemsOf(manifest: Manifest): readonly string[] {
  switch (manifest.kind) {
    case 'ServiceAccount':
      return manifest['automountServiceAccountToken'] === false
        ? []
        : ['its token is mounted into every pod of it; set automountServiceAccountToken to false'];
    case 'PipelineRun':
    case 'TaskRun': {
      // Each has one template for all of its pods, which has to say it; one of a single task replaces that one.
      const forAll = manifest.kind === 'TaskRun' ? 'podTemplate' : 'taskRunTemplate.podTemplate';
      return podsOfRun(runSpecOf(manifest) ?? {})
        .filter(({ where, podTemplate }) => where === forAll || podTemplate !== undefined)
        .filter(({ podTemplate }) => podTemplate?.automountServiceAccountToken !== false)
        .map(({ where }) => `its pods get their service account's token; set automountServiceAccountToken to false in ${where}`);
    }
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
