import { Size } from 'cdk8s';
import type { Construct } from 'constructs';
import { CNB_USER } from '../buildpacks/build-user';
import { PLATFORM_API } from '../buildpacks/lifecycle';
import { waiveRoot } from '../policy/waiver';
import type { ImageMaking } from '../registry/image-pipeline';
import { handedAccess } from '../registry/registry-access';
import type { ExactParams } from '../tekton/exact-declarations';
import type { Params, References } from '../tekton/params';
import type { Step } from '../tekton/step';
import { Task } from '../tekton/task';
import { imageParams } from './image-params';
import { IMAGE_SCRIPTS } from './image-scripts';

const { image, layers, builder, lifecycle, run, descriptor } = imageParams;

/** What the build is told. */
const buildParams = {
  image,
  layers,
  builder,
  lifecycle,
  run,
  descriptor,
  'run-image': imageParams['run-image'],
  'pinned-run-image': { description: 'The run image by its digest, as the registry was asked for it.' },
} as const;

/** What an application is, beside its descriptor. */
export interface Application<P extends Params> {
  /** The most that it may take. */
  readonly size: Size;
  /** What its step is told. */
  readonly params: P;
  /** The step that brings it into `/workspace`, as the user of builds, with scratch space at `/work`. @default - the descriptor is all of it */
  readonly fetch?: (params: References<P>) => Pick<Step, 'script' | 'env'>;
}

const places = { control: '/control', layers: '/layers', app: '/workspace' } as const;
const sealed = { 'sealed-layers': '/sealed/layers', 'sealed-app': '/sealed/workspace' } as const;

/**
 * A Task that builds an image by the phases of the CNB lifecycle, each a step of its own (CNB platform 0.15, "Lifecycle Interface"), in one
 * pod, so that layers pass from phase to phase on scratch space.
 *
 * The analyzer comes before everything that is built and the exporter after it; both have credentials and are the toolbox's own. Between
 * them buildpacks run in the builder, and the run image's programs in `check`. What the exporter reads is a copy that the step `guard`
 * makes and looks at: buildpacks can write none of it. There are no results, which every step of a pod could write. There is no cache, and
 * so nothing to restore. Root is needed once, to give folders away.
 */
export function buildTask<const P extends Params>(
  scope: Construct,
  id: string,
  { toolbox, registry }: ImageMaking,
  application: Application<P>,
) {
  const access = handedAccess(registry);
  const apart = { user: CNB_USER.uid, resources: { cpu: 250, memory: 512 } } as const;
  const inBuilder = { ...apart, mounts: places, readOnly: ['control'] as const };
  const params = { ...buildParams, ...application.params } as typeof buildParams & P & ExactParams<typeof buildParams & P>;
  const size = Size.gibibytes(4);
  const task = new Task<typeof buildParams & P, never, never, string>(scope, id, {
    description: 'Builds an image by the phases of the CNB lifecycle.',
    // Buildpacks share it with the exporter.
    egress: ['registry', ...(application.fetch ? (['sources'] as const) : [])],
    params,
    volumes: {
      control: { kind: 'scratch', sizeLimit: Size.mebibytes(10) },
      layers: { kind: 'scratch', sizeLimit: size },
      app: { kind: 'scratch', sizeLimit: application.size },
      'sealed-layers': { kind: 'scratch', sizeLimit: size },
      'sealed-app': { kind: 'scratch', sizeLimit: application.size },
      ...(application.fetch && { work: { kind: 'scratch', sizeLimit: Size.gibibytes(2) } }),
      ...access.volumes,
    },
    env: (handles) => {
      const given = handles.params as unknown as References<typeof buildParams>;
      return {
        HOME: '/tmp',
        IMAGE: given.image,
        LAYERS: given.layers,
        RUN_IMAGE: given['pinned-run-image'],
        RUN: given.run,
        LIFECYCLE: given.lifecycle,
        DESCRIPTOR: given.descriptor,
        CNB_UID: String(CNB_USER.uid),
        CNB_PLATFORM_API: PLATFORM_API,
        CNB_APP_DIR: places.app,
        CNB_LAYERS_DIR: places.layers,
        // Where buildpacks cannot write: one says on which run image the exporter puts the layers, another from which source they are.
        CNB_ANALYZED_PATH: '/control/analyzed.toml',
        CNB_PROJECT_METADATA_PATH: '/control/project-metadata.toml',
        ...(registry.tls ? {} : { CNB_INSECURE_REGISTRIES: registry.host }),
      };
    },
    steps: (handles) => {
      const given = handles.params as unknown as References<typeof buildParams>;
      const fetch = application.fetch?.(handles.params);
      return [
        {
          ...apart,
          name: 'analyze',
          image: toolbox,
          script: IMAGE_SCRIPTS.analyze,
          mounts: { control: places.control, ...access.before.mounts },
          env: access.before.env,
        },
        {
          name: 'prepare',
          image: toolbox,
          script: IMAGE_SCRIPTS.prepare,
          mounts: { layers: places.layers, app: places.app, ...sealed },
          user: { root: ['CHOWN'] },
        },
        ...(fetch
          ? [
              {
                ...apart,
                name: 'fetch',
                image: toolbox,
                mounts: { control: places.control, app: places.app, work: '/work' },
                ...fetch,
              },
            ]
          : []),
        { ...inBuilder, name: 'detect', image: given.builder, script: IMAGE_SCRIPTS.detect },
        { ...inBuilder, name: 'build', image: given.builder, script: IMAGE_SCRIPTS.build },
        {
          name: 'check',
          image: given['run-image'],
          script: IMAGE_SCRIPTS.check,
          mounts: { layers: places.layers, app: places.app },
          readOnly: ['layers', 'app'],
        },
        {
          ...apart,
          name: 'guard',
          image: toolbox,
          script: IMAGE_SCRIPTS.guard,
          mounts: { ...places, ...sealed },
          readOnly: ['control', 'layers', 'app'],
        },
        {
          ...apart,
          name: 'export',
          image: toolbox,
          script: IMAGE_SCRIPTS.export,
          mounts: { control: places.control, 'sealed-layers': places.layers, 'sealed-app': places.app, ...access.after.mounts },
          readOnly: ['control', 'sealed-layers', 'sealed-app'],
          env: access.after.env,
        },
      ];
    },
  });
  waiveRoot(task, 'prepare', 'What Kubernetes mounts belongs to root; the build user needs folders of its own.');
  return task;
}
