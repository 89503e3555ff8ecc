/** The Pulumi programs that the bench measures; declaration.json of the working directory says how much. */
import * as pulumi from '@pulumi/pulumi';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings } from '../lib/settings/settings';
import { FormerPaths } from '../lib/synth/aliases';
import type { SynthesizedObject } from '../lib/synth/synthesized';
import { synthesizeEnvironment } from '../stacks/synthesize-environment';
import { deployPlain, type SmallDeclaration, synthesizeSmall } from '../test/cluster/deployment/small-program';

/** What is to be deployed into a namespace. */
export type BenchDeclaration = { readonly namespace: string } & (
  | { readonly what: 'small'; readonly charts: SmallDeclaration['charts'] }
  /** What the environment `local` declares, with tools of its own, without runs and demo applications. */
  | { readonly what: 'own' }
  /** As many resources as that without any provider: what Pulumi itself takes. */
  | { readonly what: 'empty'; readonly size: number }
);

/** The objects of a declaration. */
export function synthesizeBench(declaration: BenchDeclaration): readonly SynthesizedObject[] {
  const { namespace, what } = declaration;
  if (what === 'small') return synthesizeSmall(declaration);
  if (what === 'empty') return [];
  const settings = readSettings(join(__dirname, '..'), 'local');
  const [one, two] = settings.toolforge.contractTools;
  const contractTools: typeof settings.toolforge.contractTools = [
    { ...one, name: `${namespace}-one` },
    { ...two, name: `${namespace}-two` },
  ];
  const toolforge = { ...settings.toolforge, contractTools, demo: false };
  const { objects } = synthesizeEnvironment('local', { ...settings, namespace: `${namespace}-own`, toolforge });
  const [runs, others] = [objects.filter(isRunObject), objects.filter((object) => !isRunObject(object))];
  // What is in the tree is waited for.
  for (const { construct } of runs) construct.node.scope?.node.tryRemoveChild(construct.node.id);
  return others;
}

const isRunObject = ({ manifest }: SynthesizedObject): boolean => manifest.kind === 'PipelineRun';

/** Deploys declaration.json. */
export async function deployBench(): Promise<void> {
  const declaration = JSON.parse(readFileSync('declaration.json', 'utf8')) as BenchDeclaration;
  if (declaration.what === 'empty')
    for (let i = 0; i < declaration.size; i += 1) new pulumi.ComponentResource('bench:index:Empty', `empty${i}`);
  else await deployPlain(synthesizeBench(declaration), new FormerPaths({}));
}
