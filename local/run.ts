/** Runs programs: with their errors as sentences, without our terminal unless it is given, and line by line where that helps. */
import type { Readable } from 'node:stream';
import { execa } from 'execa';

export interface RunOptions {
  readonly cwd?: string;
  /** Added to our own environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** With `false`, a failing program is a result, not an error. @default true */
  readonly reject?: boolean;
  /** Gives the program our terminal. */
  readonly inherit?: boolean;
  /** Told each line that the program writes to either of its outputs, as it comes. */
  readonly onLine?: (line: string) => void;
}

export interface RunResult {
  readonly exitCode: number | undefined;
  readonly stdout: string;
}

/** Runs a program to its end. The error of a failing one has its command line and what it wrote to stderr. */
export async function run(program: string, arguments_: readonly string[] = [], options: RunOptions = {}): Promise<RunResult> {
  const { cwd, env, input, reject = true, inherit = false, onLine } = options;
  const child = execa(program, arguments_, {
    reject,
    ...(cwd === undefined ? {} : { cwd }),
    ...(env === undefined ? {} : { env }),
    ...(input === undefined ? {} : { input }),
    ...(inherit ? { stdio: 'inherit' as const } : input === undefined ? { stdin: 'ignore' as const } : {}),
  });
  if (onLine !== undefined) {
    const tell = (stream: Readable): void => {
      stream.on('data', (chunk: Buffer) => {
        for (const line of chunk.toString().split('\n')) if (line.trim() !== '') onLine(line);
      });
    };
    const streams = [child.stdout, child.stderr] as (Readable | null)[];
    for (const stream of streams) if (stream !== null) tell(stream);
  }
  const { exitCode, stdout } = await child;
  return { exitCode, stdout: typeof stdout === 'string' ? stdout : '' };
}
