import { ConfigMap } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { contentHash } from '../../synth/content-hash';
import type { ConfigMapWorkspace } from '../../tekton/pipeline-run';
import { contractOf } from './contract';
import type { ImageKind } from './item';
import type { Contracts } from './language-contract';

/**
 * What is tried of images of a kind and of no other, as a ConfigMap whose name is the address of its content. The task does not name it,
 * its runs do: what is tried of another language is nothing to them.
 */
export class KindFiles extends ConfigMap {
  /** That of a kind; its first image brings it into the scope. */
  static of(scope: Construct, image: ImageKind, contracts: Contracts): KindFiles {
    const bare = image.bare === true ? ['bare'] : [];
    const id = ['contract', ...bare, image.kind, ...Object.keys(image.language ?? {})].join('-');
    return (scope.node.tryFindChild(id) as KindFiles | undefined) ?? new KindFiles(scope, id, image, contracts);
  }

  /** What serves the workspace `family` of the task. */
  readonly workspace: ConfigMapWorkspace;

  private constructor(scope: Construct, id: string, image: ImageKind, contracts: Contracts) {
    const { files } = contractOf(image, contracts);
    const name = `${id}-${contentHash(files).slice(0, 16)}`;
    super(scope, id, { metadata: { name }, immutable: true, data: files });
    this.workspace = { configMap: name };
  }
}
