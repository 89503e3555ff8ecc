import { ApiObject, Chart } from 'cdk8s';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthesizeApp } from '../../stacks/synthesize-environment';
import type { Aliases } from '../../lib/synth/aliases';
import { EnvironmentApp } from '../../lib/synth/app';

function synthesize(aliases: Aliases): string[] {
  const app = new EnvironmentApp('test');
  const chart = new Chart(app, 'chart', { namespace: 'builds', disableResourceNameHashes: true });
  new ApiObject(chart, 'config', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config' } });
  return synthesizeApp(app, aliases).objects.map(({ path }) => path);
}

test('a table of aliases that fits', () => {
  expect(synthesize({ 'chart/old': 'chart/config' })).toEqual(['chart/config']);
});

test('a wrong table of aliases is an error of the environment', () => {
  expect(() => synthesize({ 'chart/config': 'chart/other' })).toThrow(
    "environment 'test' cannot be synthesized:\n  - alias 'chart/config': 'chart/other': 'chart/config' is still declared",
  );
});

test.each(['main.ts', 'deploy.ts', 'cli/diff-side.ts', 'cli/deploy-commands.ts', 'cli/declared-images.ts'])(
  '%s has no synthesis of its own, which would not try the aliases',
  (file) => {
    expect(readFileSync(join(__dirname, '../..', file), 'utf8')).not.toMatch(/\.synthesize\(\)/);
  },
);
