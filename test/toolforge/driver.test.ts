/** What the driver makes of the table, by the real jq programs, for a language that is made up. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { genericContract } from '../../languages/webservice-runner/contract/contract';
import type { ImageKind } from '../../lib/toolforge/contract/item';
import { parseReport } from '../../lib/toolforge/contract/report';
import { STORAGE } from '../../lib/toolforge/pod-storage';
import { driverOf, jq, PLAN, type Planned, testWithJq } from './driver';
import { servedLua } from './lua/contract';

const web: ImageKind = { kind: 'web', language: { lua: '5.4' } };
const contracts = { languages: [servedLua], generic: genericContract };
const { podOf, shapes, items, files } = driverOf(web, contracts);
const RUNNER = '/usr/bin/webservice-runner';
const shapesOf = (image: ImageKind) => driverOf(image, contracts).shapes();

testWithJq('a web image is tried in all pods, a base image in those without a server', () => {
  expect(shapes().map(({ shape }) => shape)).toEqual([
    'web',
    'job',
    'shell',
    'web-again',
    'job-bare',
    'job-offline',
    'web-offline',
  ]);
  const base = shapesOf({ kind: 'base', language: { lua: '5.4' } });
  expect(base.map(({ shape }) => shape)).toEqual(['job', 'shell', 'job-bare', 'job-offline']);
  expect(base.flatMap(({ inside }) => inside)).toContain('lua');
  expect(base.flatMap(({ inside }) => inside)).not.toContain('port');
  expect(shapesOf({ kind: 'base' }).flatMap(({ inside }) => inside)).not.toContain('lua');
  expect(shapesOf({ kind: 'web' })).toHaveLength(7);
});

testWithJq.each(['job', 'job-bare', 'job-offline', 'shell', 'web', 'web-again', 'web-offline'])(
  'the pod %s is locked down as tools are',
  (shape) => {
    const { spec, container, metadata } = podOf(shape);
    expect(spec.automountServiceAccountToken).toBe(false);
    expect(spec.securityContext).toEqual({
      runAsUser: 50001,
      runAsGroup: 50001,
      fsGroup: 50001,
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(container.securityContext).toMatchObject({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } });
    expect(container.image).toBe(PLAN.image);
    expect(metadata.labels).toMatchObject({ toolforge: 'tool' });
  },
);

testWithJq('mounts are declared as the webhook makes them, or left to it by a label', () => {
  const { spec, container } = podOf('web');
  expect(spec).toMatchObject(STORAGE.all.spec);
  expect(container).toMatchObject(STORAGE.all.container);
  const admitted = podOf('web', 'admission');
  expect(admitted.spec).not.toHaveProperty('volumes');
  expect(admitted.spec).not.toHaveProperty('nodeSelector');
  expect(admitted.container).not.toHaveProperty('volumeMounts');
  expect(admitted.metadata.labels['toolforge.org/mount-storage']).toBe('all');
  expect(admitted.env).not.toHaveProperty('TOOL_DATA_DIR');
});

testWithJq('a pod without mounts has nothing of the node, and would rather be elsewhere', () => {
  const bare = podOf('job-bare');
  expect(bare.spec).not.toHaveProperty('volumes');
  expect(bare.container).not.toHaveProperty('volumeMounts');
  expect(bare.spec).toMatchObject(STORAGE.none.spec);
  expect(bare.metadata.labels['toolforge.org/mount-storage']).toBe('none');
  expect(bare.env).not.toHaveProperty('HOME');
  expect(bare.env).not.toHaveProperty('TOOL_DATA_DIR');
  expect(podOf('job-bare', 'admission').spec).not.toHaveProperty('affinity');
});

testWithJq("a home of its own within the tool's, and commands as webservice and jobs write them", () => {
  const home = '/data/project/one/.image-contract-0123456789';
  expect(podOf('web').env['HOME']).toBe(home);
  expect(podOf('web').container.workingDir).toBe(home);
  expect(podOf('web').container.command).toEqual([RUNNER, '--type', 'lua-server', '--port', '8000', 'main']);
  expect(podOf('job').container.command.slice(0, 3)).toEqual(['/bin/sh', '-c', '--']);
  expect(podOf('shell').container.command[1]).toBe('-ilc');
  expect(podOf('web-offline').spec.dnsPolicy).toBe('None');
});

testWithJq(
  'a server is started as its language says, by an old name of its type, too, and the generic one with a program',
  () => {
    expect(podOf('web-again').container.command).toEqual([RUNNER, '--type', 'lua', '--port', '8000', 'main', 'extra']);
    const { process, type, command = [] } = genericContract;
    const generic = driverOf({ kind: 'web' }, contracts).podOf('web');
    expect(generic.container.command).toEqual([RUNNER, '--type', type, '--port', '8000', ...command]);
    expect(generic.env).toMatchObject({ CONTRACT_PROCESS: process.program, CONTRACT_PROCESS_DIRECTORY: generic.env['HOME'] });
  },
);

testWithJq('checks are told the version of the language, its programs, how it starts, and what process 1 is', () => {
  const told = { CONTRACT_LANGUAGE_VERSION: '5.4', CONTRACT_PROGRAMS: 'lua lua5.4', CONTRACT_START: '/usr/bin/lua -v' };
  expect(podOf('job').env).toMatchObject(told);
  expect(podOf('job').env).not.toHaveProperty('CONTRACT_PROCESS');
  const { env } = podOf('web');
  const server = { CONTRACT_PROCESS: '/usr/bin/lua', CONTRACT_PROCESS_DIRECTORY: `${env['HOME'] ?? ''}/www/lua` };
  expect(env).toMatchObject({ ...told, ...server });
  expect(podOf('job').env['CONTRACT_TOOLS']).toBe('common');
  expect(driverOf({ kind: 'base', bare: true }, contracts).podOf('job').env['CONTRACT_TOOLS']).toBe('');
  const none = { CONTRACT_LANGUAGE_VERSION: '', CONTRACT_PROGRAMS: '', CONTRACT_START: '' };
  expect(driverOf({ kind: 'base' }, contracts).podOf('job').env).toMatchObject(none);
});

testWithJq('the home has the files of the server before any other pod starts, byte for byte, and a base image none', () => {
  const tool = mkdtempSync(join(tmpdir(), 'home-'));
  const home = join(tool, '.image-contract-0');
  const prepare = (pod: typeof podOf) => {
    // As Kubernetes has it after its expansion.
    const laid = pod('prepare').env['CONTRACT_FILES']?.replaceAll('$$', '$') ?? '';
    execFileSync('bash', ['-c', files['prepare.sh'] ?? ''], {
      env: { ...process.env, CONTRACT_HOME: home, CONTRACT_FILES: laid },
    });
  };
  prepare(podOf);
  for (const [path, text] of Object.entries(servedLua.server?.home ?? {}))
    expect(readFileSync(join(home, path), 'utf8')).toBe(text);
  prepare(driverOf({ kind: 'base' }, contracts).podOf);
  expect(readdirSync(home)).toEqual([]);
});

testWithJq('Kubernetes expands nothing in the text of a check', () => {
  expect(podOf('job').env['CHECK_nss']).toBe(files['check.nss.sh']?.replaceAll('$', '$$$$'));
});

testWithJq('home and clean-up are not left to the image that is tried', () => {
  expect(podOf('prepare').container.image).toBe(PLAN.toolbox);
  expect(podOf('remove').container.image).toBe(PLAN.toolbox);
});

const passing = (shapes: readonly Planned[]): string[][] =>
  PLAN.tools.flatMap(({ name }) =>
    shapes.flatMap(({ shape, inside, outside }) =>
      [...inside, ...outside].map((check) => [name, shape, check, 'pass', '0.10', '', '', '']),
    ),
  );
const reportOf = (records: readonly string[][]) => {
  const args = {
    plan: { ...PLAN, family: web },
    shapes: shapes(),
    states: { 'one job': 'ended Failed' },
    seconds: '9',
    version: 'v',
    name: 'x',
  };
  return parseReport(
    JSON.stringify(jq('report.jq', items, { ...args, records: records.map((each) => each.join('\t')).join('\n') })),
  );
};

testWithJq('all passed', () => {
  expect(reportOf(passing(shapes()))).toMatchObject({ passed: 22, failed: 0, notApplicable: 2, seconds: 9 });
});

testWithJq("of an image whose canary has passed it is tried whether it starts, and the rest is the canary's", () => {
  const left = jq('smoke.jq', items, {});
  const tried = jq('plan.jq', left, {}) as readonly Planned[];
  expect(tried).toEqual([
    { shape: 'job-offline', inside: ['no-network'], outside: [] },
    { shape: 'web-offline', inside: [], outside: ['stops', 'answers', 'trace'] },
  ]);
  const canary = `registry.test/canary@sha256:${'1'.repeat(64)}`;
  const plan = { ...PLAN, tools: PLAN.tools.slice(0, 1), canary, family: web };
  const records = passing(tried).filter(([tool]) => tool === 'one');
  const args = { plan, shapes: tried, states: {}, seconds: '9', version: 'v', name: 'x' };
  const of = (found: readonly string[][]) =>
    parseReport(JSON.stringify(jq('report.jq', left, { ...args, records: found.map((each) => each.join('\t')).join('\n') })));
  const all = reportOf(passing(shapes()));
  const report = of(records);
  expect(report).toMatchObject({ canary, failed: 0, notApplicable: all.notApplicable, tools: ['one'] });
  expect(report.passed + report.byCanary).toBe(all.passed);
  expect(report.items.filter(({ result }) => result === 'pass').map(({ id }) => id)).toEqual([
    'F1-13-first-process',
    'F1-15-no-network',
    'F2-22-trace',
  ]);
  expect(of(records.slice(1)).failed).toBe(1);
});

testWithJq('one finding in one pod fails its item', () => {
  const records = passing(shapes()).map((each) =>
    each[0] === 'two' && each[1] === 'shell' && each[2] === 'locale'
      ? [...each.slice(0, 3), 'fail', '0.10', 'LC_ALL', 'en_US.UTF-8', 'C']
      : each,
  );
  const report = reportOf(records);
  expect(report.items.filter(({ result }) => result === 'fail').map(({ id }) => id)).toEqual(['F1-07-locale']);
  expect(report.items[6]?.runs.flatMap(({ findings }) => findings)).toEqual([
    { where: 'LC_ALL', expected: 'en_US.UTF-8', got: 'C' },
  ]);
});

testWithJq('what an image says first does not outvote a finding', () => {
  const [stops] = passing(shapes()).filter((each) => each[2] === 'stops');
  const records = [...passing(shapes()), [...(stops ?? []).slice(0, 3), 'fail', '0.10', 'the end', 'by itself', 'killed']];
  expect(
    reportOf(records)
      .items.filter(({ result }) => result === 'fail')
      .map(({ number }) => number),
  ).toHaveLength(1);
});

testWithJq('a check that has said nothing has failed', () => {
  const report = reportOf(passing(shapes()).filter(([tool, shape]) => !(tool === 'one' && shape === 'job')));
  expect(report.items.find(({ number }) => number === 8)?.runs[0]?.findings).toEqual([
    { where: 'the pod job of one', expected: 'a result of the check tls-roots', got: 'ended Failed' },
  ]);
});

testWithJq('what failed is said once, with all pods and items that have it', () => {
  const finding = (tool: string, where: string) => ({
    result: 'fail',
    findings: [{ where, expected: 'a', got: `tools.${tool}` }],
  });
  const report = {
    tools: ['one', 'two'],
    items: [
      { id: 'F1-a', runs: PLAN.tools.map(({ name }) => ({ check: 'x', shape: 'job', tool: name, ...finding(name, 'here') })) },
      { id: 'F1-b', runs: [{ check: 'x', shape: 'web', tool: 'two', ...finding('two', 'here') }] },
    ],
  };
  expect(jq('failures.jq', report, {}, ['--raw-output'])).toBe(
    [
      'FAILED F1-a, F1-b',
      '  where     here (check x)',
      '  expected  a',
      '  got       tools.one',
      '  in        job of one, job of two, web of two',
    ].join('\n'),
  );
});
