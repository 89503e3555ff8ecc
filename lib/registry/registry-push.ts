import type { Reference } from '../tekton/params';
import type { Step } from '../tekton/step';
import { type HandedAccess, handedAccess } from './registry-access';
import { REGISTRY_SCRIPTS } from './registry-scripts';
import type { Registry } from './registry';

type PushVolume = 'image' | keyof HandedAccess['volumes'];

/** What brings images from the registry before anything else runs: its script calls `hand_over` (steps/credentials.sh). */
export type Pull = Pick<Step, 'script' | 'resources'>;

/**
 * How a task puts what it makes into a registry: the parameters that say what goes where, a first step that pulls and has the credentials,
 * and two last ones, of which one looks at what was built, without credentials, and one pushes.
 *
 * Between them the image stands as the OCI layout `/image/layout`, under the tag `base`. Only steps of the toolbox mount that volume.
 */
export class RegistryPush {
  /** The volumes with the credentials. */
  readonly volumes: HandedAccess['volumes'];
  private readonly access: HandedAccess;

  constructor(
    registry: Registry,
    /** The image with csb-registry. */
    private readonly toolbox: string,
  ) {
    this.access = handedAccess(registry);
    this.volumes = this.access.volumes;
  }

  /** What every pushing task is told. */
  static readonly params = {
    image: { description: 'Where the image goes; the tag is its address.' },
  } as const;

  /** The environment of the task's steps. */
  environment(params: { readonly image: Reference }): Readonly<Record<string, Reference | string>> {
    return { HOME: '/tmp', IMAGE: params.image };
  }

  /** The step before what is built. */
  first(pull: Pull): Step<PushVolume> {
    const { mounts, env } = this.access.before;
    return { name: 'pull', ...pull, image: this.toolbox, mounts: { image: '/image', ...mounts }, env };
  }

  /** The steps after it. */
  last(): readonly Step<PushVolume>[] {
    const { mounts, env } = this.access.after;
    const [image, readOnly, layout] = [this.toolbox, ['image'] as const, { image: '/image' }];
    const resources = { cpu: 250, memory: 512 };
    return [
      { name: 'guard', image, script: REGISTRY_SCRIPTS.guard, mounts: layout, readOnly },
      { name: 'push', image, script: REGISTRY_SCRIPTS.push, mounts: { ...layout, ...mounts }, readOnly, env, resources },
    ];
  }
}
