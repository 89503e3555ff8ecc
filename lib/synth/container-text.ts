/**
 * A text as the arguments and the environment of a container have to be given it, so that it arrives as it is.
 *
 * The kubelet replaces `$(NAME)` by the variable NAME of the container, and `$$` by `$`, in `command`, `args` and `env[].value`; what
 * comes out of a ConfigMap or a Secret it leaves alone. A `$` at the end is doubled as well: more text may follow it.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#entrypoint and
 *   k8s.io/kubernetes/third_party/forked/golang/expansion
 */
export function literally(text: string): string {
  return text.replace(/\$(?=[$(]|$)/g, '$$$$');
}

/** What arrives in the container, in bytes: two `$` are one there. */
export function arrivingBytes(text: string): number {
  return Buffer.byteLength(text.replaceAll('$$', '$'));
}
