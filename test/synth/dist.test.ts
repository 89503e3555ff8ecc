import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { environments, readSettings } from '../../lib/settings/settings';
import { renderEnvironment, staleFiles, writeDist } from '../../lib/synth/dist';
import { declareEnvironment } from '../../stacks/environment';

const root = join(__dirname, '../..');
const render = (environment: string) =>
  renderEnvironment(declareEnvironment(environment, readSettings(root, environment)).synthesize().charts);

// dist/ is the snapshot: `npm run synth` writes it, people review it.
test.each(environments(root))('dist/%s is what the declarations say', (environment) => {
  expect(staleFiles(join(root, 'dist', environment), render(environment))).toEqual([]);
});

test('dist/ holds an environment for each settings file and no other', () => {
  expect(readdirSync(join(root, 'dist')).sort()).toEqual(environments(root));
});

test('two syntheses give the same bytes', () => {
  expect([...render('tools')]).toEqual([...render('tools')]);
});

test('files that nothing declares any more are removed, and named before', () => {
  const directory = mkdtempSync(join(tmpdir(), 'dist-'));
  writeFileSync(join(directory, 'old.yaml'), 'x');
  const files = new Map([['new.yaml', 'y']]);
  expect(staleFiles(directory, files)).toEqual([`${directory}/new.yaml: missing`, `${directory}/old.yaml: no longer declared`]);
  writeDist(directory, files);
  expect(readdirSync(directory)).toEqual(['new.yaml']);
  expect(readFileSync(join(directory, 'new.yaml'), 'utf8')).toBe('y');
});

test('a YAML reader gives back what was synthesized', () => {
  const { charts } = declareEnvironment('local', readSettings(root, 'local')).synthesize();
  const chart = charts.find(({ name }) => name === 'platform');
  const documents =
    render('local')
      .get('platform.yaml')
      ?.split(/^---\n/m)
      .slice(1) ?? [];
  expect(documents.map((text) => load(text))).toEqual(
    chart?.objects.map(({ manifest }) => JSON.parse(JSON.stringify(manifest)) as object),
  );
});
