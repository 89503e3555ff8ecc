import { join } from 'node:path';
import type { Stack } from '../../lib/buildpacks/stack/stack';
import { readSettings } from '../../lib/settings/settings';
import { EnvironmentApp } from '../../lib/synth/app';
import { PlatformChart } from '../../stacks/platform-chart';
import { StackChart } from '../../stacks/stack-chart';
import { ToolsChart } from '../../stacks/tools-chart';
import { distro, language } from '../buildpacks/declarations';
import { runParameters } from '../tekton/manifests';

function declare() {
  const settings = readSettings(join(__dirname, '../..'), 'local');
  const app = new EnvironmentApp('test');
  const platform = new PlatformChart(app, 'platform', { settings, tools: new ToolsChart(app, 'tools', settings) });
  const chart = (stack: Stack, ...others: StackChart[]) => new StackChart(app, { platform, stack, others });
  return { app, chart, manifests: () => app.synthesize().objects.map(({ manifest }) => manifest) };
}

test('a stack on a base is made from it: base, run image, build image', () => {
  const { chart, manifests } = declare();
  const { run, build } = chart(distro);
  const runs = manifests().filter(({ kind }) => kind === 'PipelineRun');
  expect(runs.map(({ metadata }) => metadata.name.replace(/-[0-9a-f]{10}-1$/, ''))).toEqual([
    'distro-base',
    'distro-run-image',
    'distro-build-image',
  ]);
  expect(runParameters(runs, 'distro-run-image')['parent']).toBe(runParameters(runs, 'distro-base')['image']);
  expect(build.run.node.dependencies).toContain(run.run);
});

test("a stack on another one is made from that one's run image, without a base of its own", () => {
  const { chart, manifests } = declare();
  const below = chart(distro);
  const { run } = chart(language, below);
  expect(runParameters(manifests(), 'language-run-image')['parent']).toBe(below.run.image);
  expect(run.run.node.dependencies).toContain(below.run.run);
  expect(() => runParameters(manifests(), 'language-base')).toThrow('no run language-base');
});

test('a stack whose other one is not declared is refused', () => {
  expect(() => declare().chart(language)).toThrow(
    'stack language extends distro, whose chart is not among `others`; declare it before',
  );
});

test('what the locks of all stacks lack is said at once, before anything is written', () => {
  const { app, chart } = declare();
  const below = chart({ ...distro, packages: { run: ['emacs-nox'], build: [] } });
  chart({ ...language, extends: below.stack, packages: { run: ['vim'], build: [] } }, below);
  expect(() => app.synthesize()).toThrow(/stack distro: package 'emacs-nox' [^]*stack language: package 'vim' /);
});
