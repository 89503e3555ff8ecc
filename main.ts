/** `npm run synth`: synthesizes every environment into dist/; with --check it only says what is out of date. */
import './cli/failures';
import { Command } from 'commander';
import { mustHaveAllOptions } from './cli/swallowed-options';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { synthesizeEnvironment } from './stacks/synthesize-environment';
import { environments, readAllSettings, type Settings } from './lib/settings/settings';
import { unusedAliases } from './lib/synth/aliases';
import { renderEnvironment, staleFiles, writeDist } from './lib/synth/dist';
import { isDefect } from './lib/synth/last-words';
import type { Synthesis } from './lib/synth/synthesized';
import { SynthesisError } from './lib/synth/validation';
import { aliases } from './stacks/aliases';
import { problemsOfAllEnvironments } from './stacks/all-environments';

const root = __dirname;

function main(check: boolean): number {
  const all = environments(root);
  const problems = problemsOfAllEnvironments(root);
  if (problems.length > 0) throw new SynthesisError(all.join(', '), problems);
  // All of them before anything is written: what is wrong in one leaves dist/ as it was.
  const { usable, unusable } = readAllSettings(root);
  const synthesized = synthesizeAll(usable);
  const unused = unusedAliases(
    aliases,
    synthesized.map(({ objects }) => objects),
  );
  // An environment that cannot be read may be the one that an alias is for.
  if (unused.length > 0 && unusable.size === 0) {
    console.error(`stacks/aliases.ts cannot be used:\n${unused.map((each) => `  ${each}`).join('\n')}`);
    return 1;
  }
  const stale: string[] = [];
  for (const [i, environment] of [...usable.keys()].entries()) {
    const files = renderEnvironment(synthesized[i]?.charts ?? []);
    const directory = join('dist', environment);
    if (check) stale.push(...staleFiles(directory, files));
    else writeDist(directory, files);
    console.log(`${directory}: ${files.size} files`);
  }
  for (const gone of (existsSync('dist') ? readdirSync('dist') : []).filter((name) => !all.includes(name))) {
    if (check) stale.push(`${join('dist', gone)}: there is no Pulumi.${gone}.yaml`);
    else rmSync(join('dist', gone), { recursive: true });
  }
  if (stale.length > 0)
    console.error(`dist/ is stale; run \`npm run synth\` and review the change:\n${stale.map((each) => `  ${each}`).join('\n')}`);
  for (const [environment, { message }] of unusable) console.error(`${message}\ndist/${environment} is left as it was.`);
  return stale.length > 0 || unusable.size > 0 ? 1 : 0;
}

/** @throws SynthesisError with the problems of every environment that has some */
function synthesizeAll(all: ReadonlyMap<string, Settings>): readonly Synthesis[] {
  const failed: SynthesisError[] = [];
  const synthesized = [...all].flatMap(([environment, settings]) => {
    try {
      return [synthesize(environment, settings)];
    } catch (error) {
      if (!(error instanceof SynthesisError)) throw error;
      failed.push(error);
      return [];
    }
  });
  if (failed.length === 0) return synthesized;
  throw new SynthesisError(failed.map(({ environment }) => environment).join(', '), [
    ...new Set(failed.flatMap(({ problems }) => problems)),
  ]);
}

function synthesize(environment: string, settings: Settings): Synthesis {
  try {
    return synthesizeEnvironment(environment, settings);
  } catch (error) {
    // What a construct refuses is for whoever declares.
    if (error instanceof SynthesisError || isDefect(error)) throw error;
    throw new SynthesisError(environment, [(error as Error).message]);
  }
}

new Command('synth')
  .description('writes what the declarations say to dist/, for every environment')
  .option('--check', 'write nothing; fail when dist/ is out of date', false)
  .hook('preAction', (_program, command) => {
    mustHaveAllOptions(command);
  })
  .action(({ check }: { check: boolean }) => {
    process.chdir(root);
    process.exitCode = main(check);
  })
  .parse();
