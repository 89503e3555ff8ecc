import type { Family } from '../toolforge/contract/item';

/** What an image consists of: each part is a buildpack's, whose part-options.jq has the same words. */
export interface Parts {
  readonly python?: { readonly version: `3.${number}` };
  readonly uwsgi?: Record<string, never>;
  readonly 'webservice-runner'?: { readonly type: 'generic' | 'python' };
  readonly 'webservice-python-bootstrap'?: Record<string, never>;
}

/** The buildpack that holds an image to its descriptor: it requires every part. */
export const DESCRIBED = 'toolforge/platform-image';

/** The part of a buildpack's id by which parts and runtimes name it. */
export const shortId = (id: string): string => id.replace(/^toolforge\//, '');

const PARTS: { readonly [part in keyof Required<Parts>]: true } = {
  python: true,
  uwsgi: true,
  'webservice-runner': true,
  'webservice-python-bootstrap': true,
};

/** Whether a name is a part's: what the buildpack of that name lays is for the descriptor to say, and not for a source. */
export function isPart(name: string): boolean {
  return name in PARTS;
}

/** What tells buildpacks the parts of an image: `platform-image.json` (buildpacks/README.md). It is all of a platform image's application. */
export function descriptorOf(name: string, parts: Parts): string {
  const sorted = Object.fromEntries(Object.entries(parts).sort(([a], [b]) => (a < b ? -1 : 1)));
  return JSON.stringify({ format: 1, name, parts: sorted });
}

/** Whether tools are served by it: it has what `webservice` starts. */
export function isWeb(parts: Parts): boolean {
  return 'webservice-runner' in parts;
}

/** What the contract tries of it. */
export function familyOf(parts: Parts): Family {
  const kind = isWeb(parts) ? 'web' : 'base';
  return parts.python ? { kind, language: { python: parts.python.version } } : { kind };
}
