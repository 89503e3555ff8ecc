/** Synthesizes every environment into dist/; with --check it only says what is out of date. */
import { join } from 'node:path';
import { environments, readSettings, SettingsError } from './lib/settings/settings';
import { renderEnvironment, staleFiles, writeDist } from './lib/synth/dist';
import { SynthesisError } from './lib/synth/validation';
import { declareEnvironment } from './stacks/environment';

const root = __dirname;

function main(check: boolean): number {
  const stale: string[] = [];
  for (const environment of environments(root)) {
    const files = renderEnvironment(declareEnvironment(environment, readSettings(root, environment)).synthesize());
    const directory = join('dist', environment);
    if (check) stale.push(...staleFiles(directory, files));
    else writeDist(directory, files);
    console.log(`${directory}: ${files.size} files`);
  }
  if (stale.length > 0)
    console.error(`dist/ is stale; run \`npm run synth\` and review the change:\n${stale.map((each) => `  ${each}`).join('\n')}`);
  return stale.length > 0 ? 1 : 0;
}

try {
  process.chdir(root);
  process.exitCode = main(process.argv.includes('--check'));
} catch (error) {
  if (!(error instanceof SynthesisError || error instanceof SettingsError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
