import { ApiObject, Chart } from 'cdk8s';
import type { LiveOwner } from '../../lib/deploy/live-owners';
import type { OwnerSource } from '../../lib/deploy/questions';
import { takeoverProblems } from '../../lib/deploy/takeover';
import { type Aliases, FormerPaths } from '../../lib/synth/aliases';
import { EnvironmentApp } from '../../lib/synth/app';
import type { SynthesizedObject } from '../../lib/synth/synthesized';
import { ImageConfig } from '../../lib/toolforge/image-config';

/** ConfigMaps: id to the name in the cluster. */
function configMaps(names: Readonly<Record<string, string>>): readonly SynthesizedObject[] {
  const app = new EnvironmentApp('test');
  const chart = new Chart(app, 'chart', { namespace: 'builds', disableResourceNameHashes: true });
  for (const [id, name] of Object.entries(names))
    new ApiObject(chart, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });
  return app.synthesize().objects;
}

/** A cluster with these objects, and how often it was asked. */
function cluster(live: readonly LiveOwner[]): OwnerSource & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    of: ({ metadata }) => {
      asked.push(`of ${metadata.name}`);
      return Promise.resolve(live.find(({ name }) => name === metadata.name));
    },
    all: (apiVersion, kind, namespace) => {
      asked.push(`all ${apiVersion} ${kind} ${namespace ?? ''}`);
      return Promise.resolve(live);
    },
  };
}

const problems = (
  names: Readonly<Record<string, string>>,
  live: readonly LiveOwner[],
  aliases: Aliases = {},
): Promise<string[]> => takeoverProblems(configMaps(names), new FormerPaths(aliases), cluster(live));

test('what is absent, and what the same construct declared, is no problem', async () => {
  expect(await problems({ a: 'a', b: 'b' }, [{ name: 'a', owner: 'chart/a' }])).toEqual([]);
});

test('what was declared by another construct is refused, with the alias that would say that it is the same', async () => {
  expect(await problems({ b: 'a' }, [{ name: 'a', owner: 'chart/a' }])).toEqual([
    "chart/b: core/ConfigMap builds/a exists and was declared by chart/a; if that construct was renamed or moved, say so in stacks/aliases.ts: 'chart/a': 'chart/b'. If it is another one, give one of the two objects another name",
  ]);
});

test('what nobody of this project made is refused', async () => {
  expect(await problems({ a: 'a' }, [{ name: 'a', owner: undefined }])).toEqual([
    'chart/a: core/ConfigMap builds/a exists and was not made by this project; remove it, or give one of the two another name',
  ]);
});

test.each(['chart/a', 'chart/b', 'chart/c'])('with aliases, an object that %s declared is the same', async (owner) => {
  expect(await problems({ c: 'x' }, [{ name: 'x', owner }], { 'chart/a': 'chart/b', 'chart/b': 'chart/c' })).toEqual([]);
});

test('an alias cannot rename an object in the cluster', async () => {
  expect(await problems({ b: 'b' }, [{ name: 'a', owner: 'chart/a' }], { 'chart/a': 'chart/b' })).toEqual([
    "chart/b: its alias keeps the object that chart/a declared, which is called a, but core/ConfigMap builds/b is declared; an object cannot be renamed. Give it metadata.name 'a' again, or remove the alias: then the new one is made and the old one deleted",
  ]);
});

test('many objects of one kind and namespace are one question', async () => {
  const names = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`c${i}`, `c${i}`]));
  const source = cluster([{ name: 'c7', owner: 'other/c7' }]);
  const found = await takeoverProblems(configMaps(names), new FormerPaths({}), source);
  expect(source.asked).toEqual(['all v1 ConfigMap builds']);
  expect(found).toHaveLength(1);
});

test('a few are asked by name', async () => {
  const source = cluster([]);
  await takeoverProblems(configMaps({ a: 'a', b: 'b' }), new FormerPaths({}), source);
  expect(source.asked).toEqual(['of a', 'of b']);
});

test('a namespace that people have made for what stands in it is not to be removed, but annotated', async () => {
  const app = new EnvironmentApp('test');
  new ApiObject(new Chart(app, 'chart'), 'namespace', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'builds' } });
  const { objects } = app.synthesize();
  const found = await takeoverProblems(objects, new FormerPaths({}), cluster([{ name: 'builds', owner: undefined }]));
  expect(found).toEqual([
    expect.stringMatching(/ours, with all that is in it: kubectl annotate Namespace builds cloud-[^ ]+\/path=chart\/namespace$/),
  ]);
  expect(await takeoverProblems(objects, new FormerPaths({}), cluster([{ name: 'builds', owner: 'chart/namespace' }]))).toEqual(
    [],
  );
});

test('what others depend on is not to be removed, but annotated', async () => {
  const app = new EnvironmentApp('test');
  const image = { public: 'registry.test/toolforge-x:latest' };
  new ImageConfig(new Chart(app, 'chart'), 'images', { catalogue: { x: { state: 'stable', jobs: image } } });
  const live = cluster([{ name: 'image-config', owner: undefined }]);
  expect(await takeoverProblems(app.synthesize().objects, new FormerPaths({}), live)).toEqual([
    'chart/images: core/ConfigMap tf-public/image-config exists and was not made by this project; others depend on it, so do not remove ' +
      'it. If it is to be ours: kubectl annotate ConfigMap image-config -n tf-public cloud-services-buildpacks.toolforge.org/path=chart/images',
  ]);
});
