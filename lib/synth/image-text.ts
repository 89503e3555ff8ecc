// github.com/distribution/reference: domain, path, tag and digest of what a pod may name.
const PART = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const DOMAIN =
  '(?:[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?)*|\\[[0-9a-fA-F:]+\\])(?::[0-9]+)?';
const REFERENCE = new RegExp(`^(?:${DOMAIN}/)?(${PART}(?:/${PART})*)(?::[\\w][\\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$`);

/** Whether a text can name an image: `registry.local:5000/toolforge-python311-sssd-web:latest`. A kubelet refuses all others, in the cluster. */
export function isImageText(text: string): boolean {
  return (REFERENCE.exec(text)?.[1]?.length ?? 256) <= 255;
}
