/** A Pulumi program of a few plain objects, through the same adapter and checks as deploy.ts: declaration.json says which. */
import * as k8s from '@pulumi/kubernetes';
import { ApiObject, Chart } from 'cdk8s';
import { readFileSync } from 'node:fs';
import { deployObjects } from '../../../lib/deploy/adapter';
import { Cluster } from '../../../lib/deploy/cluster';
import { ClusterError } from '../../../lib/deploy/cluster-error';
import { refusal } from '../../../lib/deploy/refusal';
import { type Aliases, FormerPaths } from '../../../lib/synth/aliases';
import { EnvironmentApp } from '../../../lib/synth/app';
import type { SynthesizedObject } from '../../../lib/synth/synthesized';

/** What is declared: for each chart, id to object. */
export interface SmallDeclaration {
  readonly namespace: string;
  readonly charts: Readonly<Record<string, Readonly<Record<string, SmallObject>>>>;
  readonly aliases?: Aliases;
}

/** A ConfigMap or a Task. */
export interface SmallObject {
  readonly kind: 'ConfigMap' | 'Task';
  readonly name: string;
}

/** The objects of a declaration. */
export function synthesizeSmall({ namespace, charts }: SmallDeclaration): readonly SynthesizedObject[] {
  const app = new EnvironmentApp('small');
  for (const [id, objects] of Object.entries(charts)) {
    const chart = new Chart(app, id, { namespace, disableResourceNameHashes: true });
    for (const [own, { kind, name }] of Object.entries(objects))
      new ApiObject(chart, own, {
        metadata: { name },
        ...(kind === 'ConfigMap'
          ? { apiVersion: 'v1', kind, data: { from: 'here' } }
          : { apiVersion: 'tekton.dev/v1', kind, spec: TASK }),
      });
  }
  return app.synthesize().objects;
}

const TASK = {
  description: 'Says hello.',
  params: [{ name: 'who', type: 'string', default: 'you' }],
  steps: [{ name: 'greet', image: 'registry.local:5000/nothing:1', script: '#!/bin/sh\necho "hello $(params.who)"\n' }],
};

/** Deploys declaration.json of the working directory. */
export async function deploySmall(): Promise<void> {
  const declaration = JSON.parse(readFileSync('declaration.json', 'utf8')) as SmallDeclaration;
  await deployPlain(synthesizeSmall(declaration), new FormerPaths(declaration.aliases ?? {}));
}

/** Deploys objects of which none is a run, with the provider and the checks of deploy.ts. */
export async function deployPlain(objects: readonly SynthesizedObject[], formerPaths: FormerPaths): Promise<void> {
  try {
    const cluster = await Cluster.connect();
    await cluster.mustNotTakeOver(objects, formerPaths);
  } catch (error) {
    if (error instanceof ClusterError) throw refusal(error.message);
    throw error;
  }
  const provider = new k8s.Provider('cluster', {
    enableServerSideApply: true,
    enableConfigMapMutable: true,
    enableSecretMutable: true,
  });
  deployObjects(objects, {
    provider,
    attempts: new Map(),
    formerPaths,
    explain: () => Promise.resolve({ text: '', mayPass: false }),
    watchRun: () => () => undefined,
  });
}
