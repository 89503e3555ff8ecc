import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { Buildpack } from '../shell/buildpack';

/** The buildpack, beside an application that has this Procfile. */
function withProcfile(text: string): Buildpack {
  const procfile = new Buildpack('procfile');
  writeFileSync(join(procfile.app, 'Procfile'), text);
  return procfile;
}

/** What it says of the processes, or what it refuses. */
function build(text: string) {
  const procfile = withProcfile(text);
  const { code, stderr } = procfile.build();
  const file = join(procfile.layers, 'launch.toml');
  return { code, stderr, launch: existsSync(file) ? parse(readFileSync(file, 'utf8')) : undefined };
}
const bash = (command: string): string[] => ['/bin/bash', '-c', command];

test('a Procfile is what it looks for, whatever is in it', () => {
  expect(withProcfile('').detect()).toMatchObject({ code: 0, plan: '', stderr: '' });
  expect(new Buildpack('procfile').detect()).toMatchObject({ code: 100, plan: '', stderr: '' });
});

test('each line is a process of bash, and web is the one that starts by itself', () => {
  expect(build('# of the tool\nweb: python3 app.py --port "$PORT"\n\n  \nclean-up: bin/clean \\d+ \'x\' é\n')).toEqual({
    code: 0,
    stderr: '',
    launch: {
      processes: [
        { type: 'web', command: bash('python3 app.py --port "$PORT"'), default: true },
        { type: 'clean-up', command: bash("bin/clean \\d+ 'x' é") },
      ],
    },
  });
});

test.each([
  ['the line ends of Windows', 'web: run\r\njob: other  \r\n'],
  ['no line end at its end', 'web:run\njob:\tother'],
])('a Procfile may have %s', (_, text) => {
  expect(build(text).launch).toEqual({
    processes: [
      { type: 'web', command: bash('run'), default: true },
      { type: 'job', command: bash('other') },
    ],
  });
});

test.each([
  ['no process', '# nothing yet\n', 'Procfile: no process; add a line such as web: python3 app.py'],
  ['a line without a name', 'web: run\npython3 app.py\n', "Procfile, line 2: expected 'name: command'"],
  ['a name with a blank', 'my web: run\n', 'Procfile, line 1: expected'],
  ['a process without a command', 'web:  \n', 'Procfile, line 1: expected'],
  ['two processes of one name', 'web: a\nweb: b\n', "Procfile, line 2: a second process 'web'; give it another name"],
  ['a control character', 'web: a\u007fb\n', "Procfile, line 1: the command of 'web' has a control character"],
])('%s is refused, and where is said', (_, text, message) => {
  expect(build(text)).toEqual({ code: 1, launch: undefined, stderr: expect.stringContaining(message) as string });
});

test('all its problems are said at once', () => {
  expect(build('a\nb\nweb: c\n').stderr.match(/line \d/g)).toEqual(['line 1', 'line 2']);
});
