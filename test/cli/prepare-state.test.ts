import type { Deployment } from '@pulumi/pulumi/automation';
import { ApiObject, Chart } from 'cdk8s';
import { doomedObjects, leftOver } from '../../cli/prepare-state';
import { pendingOf, without } from '../../cli/state';
import { FormerPaths } from '../../lib/synth/aliases';
import { EnvironmentApp } from '../../lib/synth/app';
import type { SynthesizedObject } from '../../lib/synth/synthesized';

const metadata = { name: 'x', namespace: 'builds' };
const RUN = 'base-0123456789-1';

function declared(): readonly SynthesizedObject[] {
  const app = new EnvironmentApp('test');
  const chart = new Chart(app, 'chart', { namespace: 'builds', disableResourceNameHashes: true });
  new ApiObject(chart, 'config', { apiVersion: 'v1', kind: 'ConfigMap', metadata });
  const spec = { timeouts: { pipeline: '1h0m0s' } };
  new ApiObject(chart, 'run', { apiVersion: 'tekton.dev/v1', kind: 'PipelineRun', metadata: { name: RUN }, spec });
  return app.synthesize().objects;
}

function configMap(path: string, name = 'x'): object {
  const inputs = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { ...metadata, name } };
  const urn = `urn:pulumi:test::p::cloud-services-buildpacks:index:Chart$kubernetes:core/v1:ConfigMap::${path}`;
  return { urn, type: 'kubernetes:core/v1:ConfigMap', inputs };
}

const runResource = (path: string): object => ({
  urn: `urn:pulumi:test::p::kubernetes:tekton.dev/v1:PipelineRun::${path}#0123456789`,
  type: 'kubernetes:tekton.dev/v1:PipelineRun',
  inputs: { apiVersion: 'tekton.dev/v1', kind: 'PipelineRun', metadata: { name: RUN, namespace: 'builds' } },
});

const state = (resources: readonly object[], pending: readonly object[] = []): Deployment => ({
  version: 3,
  deployment: { resources, pending_operations: pending },
});

describe('what Pulumi would delete although it is declared', () => {
  test('nothing, under the paths of today', () => {
    const today = state([configMap('chart/config'), runResource('chart/run'), configMap('chart/other', 'y')]);
    expect(doomedObjects(today, declared(), new FormerPaths({}))).toEqual([]);
  });

  test('an object that another construct declares now, with the alias that would say that it is the same', () => {
    expect(doomedObjects(state([configMap('chart/old')]), declared(), new FormerPaths({}))).toEqual([
      expect.stringMatching(
        /^chart\/config: core\/ConfigMap builds\/x was declared by chart\/old; .*aliases\.ts: 'chart\/old': 'chart\/config'.*give one of the two objects another name$/,
      ),
    ]);
  });

  test('a run, too', () => {
    expect(doomedObjects(state([runResource('chart/old')]), declared(), new FormerPaths({}))).toHaveLength(1);
  });

  test('an object that is declared in another apiVersion now, with the command that hands it over', () => {
    const before = runResource('chart/run') as { urn: string; type: string; inputs: object };
    const v1beta1 = (text: string): string => text.replace('/v1:', '/v1beta1:');
    const resource = {
      urn: v1beta1(before.urn),
      type: v1beta1(before.type),
      inputs: { ...before.inputs, apiVersion: 'tekton.dev/v1beta1' },
    };
    expect(doomedObjects(state([resource]), declared(), new FormerPaths({}))).toEqual([
      `chart/run: tekton.dev/PipelineRun builds/${RUN} is declared as tekton.dev/v1 now; Pulumi's state has it as kubernetes:tekton.dev/v1beta1:PipelineRun, which is another object to Pulumi. Declare the former apiVersion again, or let the state forget it, and \`up\` takes it over: pulumi state delete '${resource.urn}'`,
    ]);
  });

  test('nothing that has an alias', () => {
    const aliases = new FormerPaths({ old: 'chart' });
    expect(doomedObjects(state([configMap('old/config'), runResource('old/run')]), declared(), aliases)).toEqual([]);
  });
});

describe('what a killed up was about', () => {
  const creating = { type: 'creating', resource: configMap('chart/config') };
  const gone = { type: 'creating', resource: configMap('chart/gone', 'gone') };
  const foreign = { type: 'creating', resource: { urn: 'u', type: 'other:index:Thing' } };

  test('is taken out of the state; what belongs to others stays', () => {
    const before = state([configMap('chart/old')], [creating, { type: 'updating', resource: creating.resource }, foreign]);
    expect(without(before, pendingOf(before))).toEqual(state([configMap('chart/old')], [foreign]));
  });

  test('is said when nothing declares it any more', () => {
    expect(leftOver(state([], [creating, gone]), declared())).toEqual([
      'ConfigMap gone, which is not declared any more; if it exists, remove it: kubectl delete configmap gone --namespace builds',
    ]);
  });

  test('an empty state has nothing of it', () => {
    expect(pendingOf({ version: 3, deployment: undefined })).toEqual([]);
  });
});
