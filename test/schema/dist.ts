/** What is in dist/, as anybody who applies it would read it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import type { Manifest } from '../../lib/synth/synthesized';

const directory = join(__dirname, '../../dist');

export const environments = readdirSync(directory);

/** The objects of an environment, in no order that matters. */
export function objectsOf(environment: string): Manifest[] {
  const files = readdirSync(join(directory, environment)).sort();
  return files.flatMap((file) => loadAll(readFileSync(join(directory, environment, file), 'utf8')) as Manifest[]);
}
