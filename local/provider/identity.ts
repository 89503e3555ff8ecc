/**
 * Who this plugin says it is. The version is that of the official provider whose semantics it follows.
 */
export const version = '4.34.2+standin';

export const announcement =
  'stand-in for pulumi-kubernetes 4.34 from this repository (local/provider), not the official provider: ' +
  'resources are applied through @kubernetes/client-node';
