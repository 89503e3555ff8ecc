/** Every object that we render, held to the schemas of the oldest and of the newest API level. */
import { house } from '../buildpacks/house';
import type { Manifest } from '../../lib/synth/synthesized';
import { everything } from '../tekton/everything';
import { environments, objectsOf } from './dist';
import { describeLevels } from './levels';

describeLevels('dist/ and rendered objects', ({ catalogue }) => {
  test.each(environments)('dist/%s has no field that the API server does not know', (environment) => {
    const objects = objectsOf(environment);
    expect(objects.length).toBeGreaterThan(10);
    const problems = objects.flatMap((object) =>
      catalogue.problemsOf(object).map((problem) => `${object.kind} ${object.metadata.name}: ${problem}`),
    );
    expect(problems).toEqual([]);
  });

  test('bases, stacks, runtimes and builders', () => {
    expect(
      house()
        .manifests()
        .flatMap((object) => catalogue.problemsOf(object)),
    ).toEqual([]);
  });

  test('a task, a pipeline and a run with everything', () => {
    const objects = everything();
    expect(objects.map(({ kind }) => kind)).toEqual(['Task', 'Pipeline', 'PipelineRun']);
    expect(objects.flatMap((object) => catalogue.problemsOf(object))).toEqual([]);
  });

  test('the kinds of Tekton say what belongs into a spec', () => {
    expect(catalogue.isOpaque({ apiVersion: 'tekton.dev/v1', kind: 'Task' })).toBe(false);
  });

  const planted: readonly (readonly [string, string, (object: Draft) => void, string])[] = [
    [
      'a misspelt field of a ConfigMap',
      'ConfigMap',
      (object) => (object['dta'] = {}),
      "dta: unknown field; did you mean 'data'?",
    ],
    ['a number in a ConfigMap', 'ConfigMap', (object) => (object['data'] = { port: 80 }), 'data.port: must be string, is 80'],
    [
      'a misspelt field of a step',
      'Task',
      (object) => {
        rename(firstStep(object), 'script', 'scirpt');
      },
      "spec.steps[0].scirpt: unknown field; did you mean 'script'?",
    ],
    [
      'an array for a string',
      'Task',
      (object) => (firstStep(object)['workingDir'] = ['/']),
      'spec.steps[0].workingDir: must be string, is ["/"]',
    ],
    [
      'metadata that does not exist',
      'PipelineRun',
      (object) => ((object['metadata'] as Draft)['lables'] = {}),
      "metadata.lables: unknown field; did you mean 'labels'?",
    ],
    [
      'a misspelt field of a run',
      'PipelineRun',
      (object) => {
        rename(object['spec'] as Draft, 'params', 'parms');
      },
      "spec.parms: unknown field; did you mean 'params'?",
    ],
    [
      'a version that Tekton never had',
      'Pipeline',
      (object) => (object['apiVersion'] = 'tekton.dev/v2'),
      'apiVersion: there is no tekton.dev/v2 Pipeline; Pipeline is of ',
    ],
    [
      'a kind of another group',
      'NetworkPolicy',
      (object) => (object['apiVersion'] = 'apps/v1'),
      'kind: there is no apps/v1 NetworkPolicy; group apps has apps/v1 ControllerRevision, apps/v1 DaemonSet',
    ],
  ];
  test.each(planted)('%s is found', (_title, kind, plant, problem) => {
    const object = structuredClone(objectsOf('local').find((each) => each.kind === kind)) as unknown as Draft;
    expect(catalogue.problemsOf(object as unknown as Manifest)).toEqual([]);
    plant(object);
    expect(catalogue.problemsOf(object as unknown as Manifest)).toEqual([expect.stringContaining(problem)]);
  });
});

type Draft = Record<string, unknown>;

function firstStep(object: Draft): Draft {
  const [step] = (object['spec'] as { readonly steps: readonly Draft[] }).steps;
  if (step === undefined) throw new Error('a task without steps');
  return step;
}

function rename(object: Draft, from: string, to: string): void {
  object[to] = object[from];
  Reflect.deleteProperty(object, from);
}
