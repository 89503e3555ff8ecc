/**
 * Parts of a URN: `urn:pulumi:<stack>::<project>::<parent types>$<type>::<name>`.
 * @see https://www.pulumi.com/docs/iac/concepts/resources/names/#urns
 */
import { apiVersionOfGroup, type GroupVersionKind } from '../objects/manifest';

function typeToken(urn: string): string {
  return urn.split('::')[2]?.split('$').at(-1) ?? '';
}

export function resourceName(urn: string): string {
  return urn.split('::').slice(3).join('::');
}

/** `kubernetes:apps/v1:Deployment` is apps, v1, Deployment; `kubernetes:core/v1:Pod` has the empty group. */
export function gvkFromUrn(urn: string): GroupVersionKind {
  const [, groupVersion = '', kind = ''] = typeToken(urn).split(':');
  const [group = '', version = ''] = groupVersion.includes('/') ? groupVersion.split('/') : ['', groupVersion];
  return { group: group === 'core' ? '' : group, version, kind };
}

export function isPatchResource(urn: string, kind: string): boolean {
  return kind !== '' && gvkFromUrn(urn).kind === `${kind}Patch`;
}

export function isListResource(urn: string): boolean {
  return gvkFromUrn(urn).kind.endsWith('List');
}

export function apiVersionFromUrn(urn: string): string {
  return apiVersionOfGroup(gvkFromUrn(urn));
}
