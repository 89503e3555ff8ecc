/** What tests read out of synthesized Tekton objects. */
import type { Manifest } from '../../lib/synth/synthesized';

interface Step {
  readonly name: string;
  readonly image: string;
  readonly script: string;
  readonly env?: readonly { readonly name: string; readonly value: string }[];
  readonly volumeMounts?: readonly { readonly name: string; readonly readOnly?: boolean }[];
  readonly securityContext: { readonly runAsUser: number };
}

/** The steps of a task: in which image, as which UID, with which volumes, which of them not to be written. */
export function stepsOf(objects: readonly Manifest[], task: string) {
  const found = objects.find(({ kind, metadata }) => kind === 'Task' && metadata.name === task);
  if (found === undefined) throw new Error(`no task ${task}`);
  return (found['spec'] as { readonly steps: readonly Step[] }).steps.map(
    ({ name, image, volumeMounts = [], securityContext }) => ({
      name,
      image,
      user: securityContext.runAsUser,
      mounts: volumeMounts.map((mount) => mount.name),
      readOnly: volumeMounts.filter((mount) => mount.readOnly).map((mount) => mount.name),
    }),
  );
}

/** What all steps of a task are told, by the name of the variable. */
export function environmentOf(objects: readonly Manifest[], task: string): Readonly<Record<string, string>> {
  const found = objects.find(({ kind, metadata }) => kind === 'Task' && metadata.name === task);
  if (found === undefined) throw new Error(`no task ${task}`);
  const { stepTemplate } = found['spec'] as { readonly stepTemplate: Required<Pick<Step, 'env'>> };
  return Object.fromEntries(stepTemplate.env.map(({ name, value }) => [name, value]));
}

/** The arguments of the run of a construct id. */
export function runParameters(objects: readonly Manifest[], id: string): Readonly<Record<string, string>> {
  const found = objects.find(
    ({ kind, metadata }) => kind === 'PipelineRun' && metadata.name.replace(/-[0-9a-f]{10}-1$/, '') === id,
  );
  if (found === undefined) throw new Error(`no run ${id}`);
  const { params } = found['spec'] as { readonly params: readonly { readonly name: string; readonly value: string }[] };
  return Object.fromEntries(params.map(({ name, value }) => [name, value]));
}
