import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings } from '../../lib/settings/settings';
import { EnvironmentApp } from '../../lib/synth/app';
import type { SynthesisError } from '../../lib/synth/validation';
import { Bookworm } from '../../stacks/bookworm';
import { PlatformChart } from '../../stacks/platform-chart';
import { ToolsChart } from '../../stacks/tools-chart';
import { lua, Lua54 } from './lua';

const root = join(__dirname, '../..');
const example = readFileSync(join(__dirname, 'lua.ts'), 'utf8').replace(/^[^]*?(?=\/\*\*)/, '');

test('the language that the README declares is compiled, word for word, and has fewer than 20 lines', () => {
  expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain(`\`\`\`ts\n${example}\`\`\``);
  expect(example.trimEnd().split('\n').length).toBeLessThan(20);
});

test('all that it lacks is a lock', () => {
  const settings = readSettings(root, 'local');
  const app = new EnvironmentApp('example');
  const platform = new PlatformChart(app, 'platform', {
    ...{ environment: 'example', settings, pins: {}, languages: [lua] },
    tools: new ToolsChart(app, 'tools', settings),
  });
  new Lua54(app, new Bookworm(app, platform));
  let problems: readonly string[] = [];
  try {
    app.synthesize();
  } catch (error) {
    problems = (error as SynthesisError).problems;
  }
  expect(problems).not.toEqual([]);
  for (const each of problems) expect(each).toMatch(/lua54\/bookworm-lua54.*(is not in the lock|it has never been locked)/);
});
