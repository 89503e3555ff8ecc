import type { Reference } from '../tekton/params';
import type { Step } from '../tekton/step';
import { type AccessVolume, type RegistryAccess, registryAccess } from './registry-access';
import { REGISTRY_SCRIPTS } from './registry-scripts';
import type { Registry } from './registry';

/**
 * How a task puts an image into a registry: the parameters that say what goes where, a first step that asks whether it is there already,
 * a last one that pushes, and the credentials, which only these two see, and steps that take `access` themselves.
 *
 * Between them the image stands on scratch space as the OCI layout `/work/image`, under the tag `base`.
 */
export class RegistryPush {
  /** The credentials, for a step that has to read the registry. */
  readonly access: RegistryAccess;

  constructor(
    private readonly registry: Registry,
    /** The image with skopeo. */
    private readonly toolbox: string,
  ) {
    this.access = registryAccess(registry);
  }

  /** What every pushing task is told. */
  static readonly params = {
    image: { description: 'Where the image goes; the tag is its address.' },
    'registry-tls': { description: "'true' or 'false': whether the registry speaks TLS." },
  } as const;

  /** What every pushing task says in the end. */
  static readonly results = ['digest', 'made'] as const;

  /** The arguments for an image. */
  argumentsFor(image: string): { readonly image: string; readonly 'registry-tls': string } {
    return { image, 'registry-tls': String(this.registry.tls) };
  }

  /** The environment of the task's steps. */
  environment(
    params: { readonly image: Reference; readonly 'registry-tls': Reference },
    results: { readonly digest: Reference; readonly made: Reference },
  ): Readonly<Record<string, string | Reference>> {
    return {
      HOME: '/work',
      IMAGE: params.image,
      REGISTRY_TLS: params['registry-tls'],
      DIGEST_RESULT: results.digest,
      MADE_RESULT: results.made,
    };
  }

  /** Asks the registry for the address: found, the steps that follow have nothing to do. */
  get lookUp(): Step<'work' | AccessVolume> {
    return { name: 'look-up', image: this.toolbox, script: REGISTRY_SCRIPTS.lookUp, ...this.withRegistry };
  }

  /** Puts the image under its address, and hands its digest on. */
  get push(): Step<'work' | AccessVolume> {
    const resources = { cpu: 250, memory: 512 };
    return { name: 'push', image: this.toolbox, script: REGISTRY_SCRIPTS.push, ...this.withRegistry, resources };
  }

  private get withRegistry(): Pick<Step<'work' | AccessVolume>, 'mounts' | 'env'> {
    return { mounts: { work: '/work', ...this.access.mounts }, env: this.access.env };
  }
}
