import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SynthesizedChart } from './synthesized';
import { YamlWriter } from './yaml';

/** A chart as the text of its file. Objects stand in the order in which they can be applied. */
export function renderChart(chart: SynthesizedChart, yaml = new YamlWriter()): string {
  const documents = chart.objects.map(
    ({ path, notes = [], manifest }) => `${[path, ...notes].map((line) => `# ${line}\n`).join('')}${yaml.document(manifest)}`,
  );
  return `# Synthesized by \`npm run synth\` from ${chart.source}. Review it, do not edit it.\n${documents.map((text) => `---\n${text}`).join('')}`;
}

/** The files of an environment: name to content. */
export function renderEnvironment(charts: readonly SynthesizedChart[]): ReadonlyMap<string, string> {
  const yaml = new YamlWriter();
  return new Map(charts.map((chart) => [`${chart.name}.yaml`, renderChart(chart, yaml)]));
}

/** Writes an environment's files and removes those that nothing declares any more. */
export function writeDist(directory: string, files: ReadonlyMap<string, string>): void {
  mkdirSync(directory, { recursive: true });
  for (const stale of readdirSync(directory).filter((name) => !files.has(name)))
    rmSync(join(directory, stale), { recursive: true });
  for (const [name, text] of files) writeFileSync(join(directory, name), text);
}

/** How a directory differs from what would be written: one line a file, none when it is up to date. */
export function staleFiles(directory: string, files: ReadonlyMap<string, string>): string[] {
  const found = new Map(listing(directory).map((name) => [name, readFileSync(join(directory, name), 'utf8')]));
  const names = [...new Set([...files.keys(), ...found.keys()])].sort();
  return names
    .filter((name) => files.get(name) !== found.get(name))
    .map(
      (name) => `${join(directory, name)}: ${!found.has(name) ? 'missing' : !files.has(name) ? 'no longer declared' : 'differs'}`,
    );
}

function listing(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
