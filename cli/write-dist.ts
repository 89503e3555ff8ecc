import { execa } from 'execa';
import { ROOT } from './pulumi-stack';

/** Writes dist/ of what is declared, as `npm run synth` does; what is wrong with it is shown. @returns whether it is whole */
export async function writeDist(): Promise<boolean> {
  const synth = ['--require', './cli/require.cjs', 'main.ts'];
  const { failed } = await execa('node', synth, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'], reject: false });
  return !failed;
}
