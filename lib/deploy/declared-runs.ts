import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Manifest, SynthesizedObject } from '../synth/synthesized';
import { argumentOf, IMAGE_ANNOTATION, PipelineRun } from '../tekton/pipeline-run';
import { parseRunName } from './attempts';
import { publicReference } from './outputs';
import type { DeclaredRun } from './planned-runs';

/** The runs of a synthesis that put an image into the registry, or many on another run image, each after those that it depends on. */
export function declaredRunsOf(objects: readonly SynthesizedObject[]): DeclaredRun[] {
  const paths = new Map(objects.map(({ construct, path }) => [construct as IConstruct, path]));
  const pathsOf = (found: Iterable<IConstruct>): string[] => [...found].flatMap((each) => paths.get(each) ?? []);
  return objects.flatMap(({ construct, manifest, path }): DeclaredRun[] => {
    if (manifest.kind !== 'PipelineRun') return [];
    const any = {
      path,
      run: parseRunName(manifest.metadata.name)?.run ?? manifest.metadata.name,
      needs: pathsOf(runsBelow(construct.node.scopes)),
    };
    const image = manifest.metadata.annotations?.[IMAGE_ANNOTATION];
    const runImage = argumentOf(manifest, 'run-image');
    if (image === undefined)
      return runImage === undefined ? [] : [{ ...any, runImage, followed: followedOn(runImage, manifest, objects) }];
    const declared = construct.node.scope;
    const lasting = declared instanceof PipelineRun ? declared.lasting : undefined;
    const [builder, used] = [argumentOf(manifest, 'builder'), publicReference(manifest)];
    return [
      {
        ...any,
        image,
        ...(lasting && { layers: lasting.what }),
        ...(used !== undefined && { public: used }),
        ...(lasting && builder !== undefined && { builder }),
        ...(lasting && runImage !== undefined && { runImage }),
        needsToBuild: pathsOf(runsIn(lasting?.from ?? [])),
        ...(lasting?.after && { canary: pathsOf(runsIn([lasting.after]))[0] ?? '' }),
      },
    ];
  });
}

/** The public tags of the images that a run puts on its run image: those that its ConfigMap declares on that, as csb-registry reads it. */
function followedOn(runImage: string, run: Manifest, objects: readonly SynthesizedObject[]): string[] {
  const { workspaces = [] } = run['spec'] as { workspaces?: readonly { readonly configMap?: { readonly name: string } }[] };
  const names = workspaces.flatMap(({ configMap }) => configMap?.name ?? []);
  return objects
    .filter(({ manifest: { kind, metadata } }) => kind === 'ConfigMap' && names.includes(metadata.name))
    .flatMap(({ manifest }) => Object.values((manifest['data'] ?? {}) as Readonly<Record<string, string>>))
    .map((text) => (JSON.parse(text) as { run: Manifest }).run)
    .flatMap((template) => (argumentOf(template, 'run-image') === runImage ? (publicReference(template) ?? []) : []));
}

/** The runs that are the first on each way from what constructs depend on. */
function runsBelow(dependants: readonly IConstruct[], seen = new Set<IConstruct>()): Set<IConstruct> {
  const targets = dependants.flatMap(({ node }) => node.dependencies).filter((each) => !seen.has(each));
  for (const each of targets) seen.add(each);
  return runsIn(targets, seen);
}

/** The runs in constructs; of what is in them and no run, those that it depends on. */
function runsIn(targets: readonly IConstruct[], seen = new Set<IConstruct>()): Set<IConstruct> {
  const within = targets.flatMap(({ node }) => node.findAll());
  const runs = within.filter((each) => ApiObject.isApiObject(each) && each.kind === 'PipelineRun');
  const around = new Set(runs.map(({ node }) => node.scope));
  const others = within.filter((each) => !around.has(each) && !runs.includes(each) && each.node.dependencies.length > 0);
  return new Set([...runs, ...(others.length === 0 ? [] : runsBelow(others, seen))]);
}
