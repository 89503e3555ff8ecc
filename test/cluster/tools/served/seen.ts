/** What is seen of a home: where it was made, in a plain Debian with packages of the legacy image, and then in pods of ours. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jsServer } from '../../../../languages/js/server';
import { lighttpdPlainServer, lighttpdServer } from '../../../../languages/lighttpd/server';
import { uwsgiServer } from '../../../../languages/uwsgi/server';
import { genericServer } from '../../../../languages/webservice-runner/server';
import type { PlainDebian } from '../../../../local/demo/plain-debian';
import { legacyDefinition } from '../../../../stacks/legacy/catalogue';
import type { ToolUnderTest } from '../demo-tools';
import type { Home } from './homes';
import type { Row } from './rows';

export interface Answer {
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface Seen {
  readonly answers: readonly Answer[];
  /** What a job has written, to both of its outputs. */
  readonly job: { readonly output: string; readonly errors: string };
  /** What a login shell showed. */
  readonly shell: string;
}

/** The runner of a type, which our image has as the legacy one did; and the file by which lighttpd's knows a language. */
const RUNNERS: ReadonlyMap<string | undefined, string> = new Map(
  [genericServer, jsServer, lighttpdServer, lighttpdPlainServer, uwsgiServer].map(({ type, runner }) => [type, runner]),
);
const ENABLED: Readonly<Record<string, string>> = { perl: '/etc/toolforge-enable-perl', php: '/etc/toolforge-enable-php' };

/** Whatever a shell is of, its user, place and settings are seen; then what the home has to say. */
const typed = ({ shell }: Home): string =>
  [
    'PS1= PS2=',
    'exec 2>&1',
    'whoami',
    'id',
    'pwd',
    'echo "$PATH $HOME $TOOL_DATA_DIR"',
    'locale',
    'umask',
    'shopt login_shell',
    ...shell,
  ]
    .map((line) => `${line}\n`)
    .join('');
const jobOf = (home: string, command: string): string => `exec 1>>${home}/job.out;exec 2>>${home}/job.err;${command}`;
const folderOf = ({ family }: Row): string => `served-${family}`;
const homeOf = (tool: ToolUnderTest, row: Row): string => `/data/project/${tool.name}/${folderOf(row)}`;
const asked = (lines: string): Answer[] =>
  lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Answer);

/** Makes and uses a home in a plain Debian, then puts it, as it was left, into the tool's own. */
export function makeHome(tool: ToolUnderTest, row: Row): Seen {
  const scratch = mkdtempSync(join(tmpdir(), 'csb-served-'));
  try {
    const { distro, wstype } = legacyDefinition(row.web);
    const [home, folder, results] = [homeOf(tool, row), join(__dirname, row.home.folder), join(scratch, 'results')];
    mkdirSync(results);
    const put = (name: string, text: string): string => {
      writeFileSync(join(scratch, name), text);
      return join(scratch, name);
    };
    const env = {
      ...{ home, data: `/data/project/${tool.name}`, user: `tools.${tool.name}`, uid: String(tool.uid) },
      ...{ files: join(folder, 'home'), build: join(folder, 'build.sh'), enabled: ENABLED[row.home.folder] ?? '' },
      ...{ runner: put('runner', RUNNERS.get(wstype) ?? ''), start: row.home.start },
      ...{ ask: join(__dirname, 'ask.pl'), paths: Object.keys(row.home.paths).join(' ') },
      ...{ job: jobOf(home, row.home.job), shell: put('typed', typed(row.home)), results, archive: join(scratch, 'home.tar') },
    };
    const packages = ['locales', ...row.packages];
    const debian = {
      suite: distro as NonNullable<PlainDebian['suite']>,
      packages,
      script: join(__dirname, 'make.sh'),
      env,
      scratch,
    };
    execFileSync(
      'node',
      ['--require', './cli/require.cjs', join(__dirname, '../in-plain-debian.ts'), JSON.stringify(debian satisfies PlainDebian)],
      {
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
    removeHome(tool, row);
    mkdirSync(tool.home(folderOf(row)));
    execFileSync('tar', ['--extract', `--file=${env.archive}`, `--directory=${tool.home(folderOf(row))}`]);
    const seen = (name: string): string => readFileSync(join(results, name), 'utf8');
    return { answers: asked(seen('answers')), job: outputs(tool, row), shell: seen('shell') };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Has our images serve it, run the job, and show the shell. */
export function serveHome(tool: ToolUnderTest, row: Row): Seen {
  const [home, pod] = [homeOf(tool, row), folderOf(row)];
  const command = ['/usr/bin/webservice-runner', ...row.home.start.split(' ')];
  const address = tool.startServer(pod, { image: row.web, home, command });
  const ask = [join(__dirname, 'ask.pl'), `http://${address}:8000`, ...Object.keys(row.home.paths)];
  const answers = asked(execFileSync('perl', ask, { encoding: 'utf8' }));
  const before = outputs(tool, row);
  tool.runJob(`${pod}-job`, { image: row.base, home, command: ['/bin/sh', '-c', '--', jobOf(home, row.home.job)] });
  const { output, errors } = outputs(tool, row);
  const job = { output: output.slice(before.output.length), errors: errors.slice(before.errors.length) };
  return { answers, job, shell: tool.typeInto(pod, typed(row.home)) };
}

/** Removes what the two have left. */
export function removeHome(tool: ToolUnderTest, row: Row): void {
  tool.removePod(folderOf(row));
  tool.removePod(`${folderOf(row)}-job`);
  rmSync(tool.home(folderOf(row)), { recursive: true, force: true });
}

function outputs(tool: ToolUnderTest, row: Row): Seen['job'] {
  const read = (name: string): string => readFileSync(tool.home(`${folderOf(row)}/${name}`), 'utf8');
  return { output: read('job.out'), errors: read('job.err') };
}
