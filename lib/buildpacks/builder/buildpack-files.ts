import { ConfigMap } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { contentHash } from '../../synth/content-hash';
import type { ConfigMapWorkspace } from '../../tekton/pipeline-run';
import { type Buildpack, escapedId } from '../buildpack/buildpack';

/** The folder of a buildpack below /cnb/buildpacks. @see CNB platform 0.15, "Buildpacks Directory Layout" */
export function folderOf(buildpack: Buildpack): string {
  return `${escapedId(buildpack)}/${buildpack.version}`;
}

/** The files of buildpacks as a ConfigMap, whose name is the address of its content. */
export class BuildpackFiles extends ConfigMap {
  readonly workspace: ConfigMapWorkspace;

  constructor(
    scope: Construct,
    id: string,
    { name, buildpacks }: { readonly name: string; readonly buildpacks: readonly Buildpack[] },
  ) {
    const files = buildpacks.flatMap((buildpack) =>
      buildpack.files.map(({ path, content, executable }) => ({
        key: `${escapedId(buildpack)}__${path.replaceAll('/', '__')}`,
        path: `${folderOf(buildpack)}/${path}`,
        mode: executable ? 0o755 : 0o644,
        content,
      })),
    );
    const data = Object.fromEntries(files.map(({ key, content }) => [key, content]));
    const addressed = `${name}-${contentHash(data).slice(0, 10)}`;
    super(scope, id, { metadata: { name: addressed }, immutable: true, data });
    this.workspace = { configMap: addressed, items: files.map(({ key, path, mode }) => ({ key, path, mode })) };
  }
}
