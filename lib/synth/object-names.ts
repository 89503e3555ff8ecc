import { Names } from 'cdk8s';
import { podSpecsOf } from './pod-specs';
import type { SynthesizedObject } from './synthesized';

// https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
const LABEL = { pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, longest: 63, words: "lower-case letters, digits and '-'" };
// RFC 1035: what becomes a host name in the cluster's DNS starts with a letter.
const HOST = {
  pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  longest: 63,
  words: "lower-case letters, digits and '-', a letter first",
};
const SUBDOMAIN = { pattern: /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, longest: 253, words: "lower-case letters, digits, '-' and '.'" };
const PATH_SEGMENT = { pattern: /^[^/%]+$/, longest: 253, words: "anything without '/' and '%'" };
// Names of runs, tasks and pipelines become label values of the pods they make.
const LABEL_KINDS = new Set(['Namespace', 'Task', 'Pipeline', 'PipelineRun']);
// A CronJob's Jobs have eleven more characters, a Job's name is a label of its pods.
const LONGEST: Readonly<Record<string, number>> = { CronJob: 52, Job: 63 };
const PATH_SEGMENT_KINDS = new Set(['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding']);
/** What cdk8s makes names to fit into, by cutting what comes first in the path. */
const GENERATED_LONGEST = 63;

/** What is wrong with the name of an object, and with those of the containers and volumes in it. */
export function nameProblems(object: SynthesizedObject): string[] {
  return [...ownName(object), ...namesInPods(object)];
}

function ownName({ construct, manifest: { kind, metadata } }: SynthesizedObject): string[] {
  const { name } = metadata as { name?: string };
  if (name === undefined) return [`the ${kind} has no metadata.name; give it one, names here are never generated`];
  const rule = ruleOf(kind);
  const longest = LONGEST[kind] ?? rule.longest;
  if (name.length > longest)
    return [`the name '${name}' of the ${kind} has ${name.length} characters; at most ${longest} are allowed, shorten the id`];
  if (!rule.pattern.test(name)) return [`the name '${name}' of the ${kind} is not ${rule.words}; rename the construct`];
  return cut(construct, kind, name);
}

function ruleOf(kind: string) {
  if (kind === 'Service') return HOST;
  if (LABEL_KINDS.has(kind)) return LABEL;
  return PATH_SEGMENT_KINDS.has(kind) ? PATH_SEGMENT : SUBDOMAIN;
}

/** cdk8s makes the name of an object that is given none from its path, and cuts it: without a hash, two objects may then be one. */
function cut(construct: SynthesizedObject['construct'], kind: string, name: string): string[] {
  if (construct.node.path.length <= GENERATED_LONGEST || name !== construct.chart.generateObjectName(construct)) return [];
  const whole = Names.toDnsLabel(construct, { includeHash: false, maxLen: construct.node.path.length });
  if (whole === name) return [];
  return [
    `the name of the ${kind} was cut to '${name}': '${whole}' has more than ${GENERATED_LONGEST} characters, and another object may be ` +
      'cut to the same; shorten the ids, or give it a metadata.name',
  ];
}

function namesInPods({ manifest }: SynthesizedObject): string[] {
  return podSpecsOf(manifest).flatMap(({ containers, volumes, noun }) => [
    ...containers.flatMap(({ name }) => dnsLabel(noun, name)),
    ...volumes.flatMap(({ name }) => dnsLabel('volume', name)),
  ]);
}

function dnsLabel(noun: string, name: string | undefined): string[] {
  // Tekton names a step that has no name itself.
  if (name === undefined || (name.length <= LABEL.longest && LABEL.pattern.test(name))) return [];
  return [`the name '${name}' of a ${noun} is not ${LABEL.words}, at most ${LABEL.longest} of them; rename it`];
}
