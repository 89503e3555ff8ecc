import { podSpecsOf } from '../synth/pod-specs';
import { podsOfRun, runSpecOf } from '../synth/tekton-specs';
import type { Policy, Violation } from './policy';

/** A pod that shares a namespace of the node is past network policies, and sees the node's processes. */
export const hostNamespaces: Policy = {
  name: 'host-namespaces',
  rule: "No pod shares the node's network, processes or memory.",
  check: ({ manifest }) => [
    ...podSpecsOf(manifest).flatMap((pod) =>
      (['hostNetwork', 'hostPID', 'hostIPC'] as const).filter((field) => pod[field] === true).map((field) => shared(field)),
    ),
    ...podsOfRun(runSpecOf(manifest) ?? {})
      .filter(({ podTemplate }) => podTemplate?.hostNetwork === true)
      .map(({ where }) => shared('hostNetwork', ` of ${where}`)),
  ],
};

function shared(field: string, where = ''): Violation {
  return { message: `${field}${where} is true, by which its pods are on the node itself; leave it out` };
}
