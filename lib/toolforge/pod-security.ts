import type { Tool } from './tool';

/**
 * The security context of a tool's pods and of their containers, as jobs-api writes it and Toolforge's policy engine enforces it.
 *
 * @see facts of Toolforge, B.1
 */
export function securityOf({ uid }: Tool): { readonly pod: object; readonly container: object } {
  return {
    pod: {
      runAsUser: uid,
      runAsGroup: uid,
      fsGroup: uid,
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    container: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      privileged: false,
      // Tools write where their image lets them, into /tmp above all.
      readOnlyRootFilesystem: false,
      runAsUser: uid,
      runAsGroup: uid,
    },
  };
}
