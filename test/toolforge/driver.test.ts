/** What the driver makes of the table, by the real jq programs. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { contractFiles } from '../../lib/toolforge/contract/contract';
import type { Family, Shape } from '../../lib/toolforge/contract/item';
import { items } from '../../lib/toolforge/contract/items';
import { STORAGE } from '../../lib/toolforge/pod-storage';
import { toolOf } from '../../lib/toolforge/tool';
import { parseReport } from '../../lib/toolforge/contract/report';

const hasJq = spawnSync('jq', ['--version']).status === 0;
const testWithJq = hasJq ? test : test.skip;
const driver = join(__dirname, '../../lib/toolforge/contract/driver');

function jq(program: string, input: unknown, args: Readonly<Record<string, unknown>>, raw: string[] = []): unknown {
  const options = Object.entries(args).flatMap(([name, value]) =>
    typeof value === 'string' ? ['--arg', name, value] : ['--argjson', name, JSON.stringify(value)],
  );
  const { stdout, stderr } = spawnSync('jq', [...raw, ...options, '-f', join(driver, program)], {
    input: JSON.stringify(input),
    encoding: 'utf8',
  });
  if (stderr !== '') throw new Error(stderr);
  return raw.length > 0 ? stdout.trimEnd() : JSON.parse(stdout);
}

const web: Family = { kind: 'web', language: { python: '3.11' } };
const plan = {
  id: '0123456789',
  image: `registry.test/x@sha256:${'0'.repeat(64)}`,
  toolbox: 'registry.test/toolbox:1',
  mounts: 'declared',
  family: web,
  tools: [toolOf('tools', { name: 'one', uid: 50001 }), toolOf('tools', { name: 'two', uid: 50002 })],
};

interface Planned {
  readonly shape: Shape;
  readonly inside: readonly string[];
  readonly outside: readonly string[];
}
const planFor = (family: Family) => jq('plan.jq', items, { family }) as readonly Planned[];

interface Pod {
  readonly metadata: { readonly labels: Readonly<Record<string, string>> };
  readonly spec: {
    readonly automountServiceAccountToken: boolean;
    readonly securityContext: object;
    readonly dnsPolicy?: string;
    readonly volumes?: readonly object[];
    readonly nodeSelector?: object;
    readonly affinity?: object;
    readonly containers: readonly {
      readonly image: string;
      readonly command: readonly string[];
      readonly workingDir?: string;
      readonly volumeMounts?: readonly object[];
      readonly securityContext: object;
      readonly env: readonly { readonly name: string; readonly value: string }[];
    }[];
  };
}
function podOf(shape: string, mounts: 'declared' | 'admission' = 'declared') {
  const args = { plan: { ...plan, mounts }, tool: plan.tools[0], shape, checks: ['nss'], files: contractFiles };
  const pod = jq('pod.jq', null, args) as Pod;
  const [container] = pod.spec.containers;
  if (!container) throw new Error('no container');
  const env = Object.fromEntries(container.env.map(({ name, value }) => [name, value]));
  return { ...pod, container, env };
}

testWithJq('a web image is tried in all pods, a base image in those without a server', () => {
  expect(planFor(web).map(({ shape }) => shape)).toEqual([
    'web',
    'job',
    'shell',
    'web-again',
    'job-bare',
    'job-offline',
    'web-offline',
  ]);
  const base = planFor({ kind: 'base', language: { python: '3.11' } });
  expect(base.map(({ shape }) => shape)).toEqual(['job', 'shell', 'job-bare', 'job-offline']);
  const names = base.flatMap(({ inside }) => inside);
  expect(names).toContain('python-compiling');
  expect(names).not.toContain('uwsgi');
  expect(names).not.toContain('python-bootstrap');
  expect(planFor({ kind: 'base' }).flatMap(({ inside }) => inside)).not.toContain('python');
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
    expect(container.image).toBe(plan.image);
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
  expect(podOf('web').container.command).toEqual(['/usr/bin/webservice-runner', '--type', 'uwsgi-python', '--port', '8000']);
  expect(podOf('job').container.command.slice(0, 3)).toEqual(['/bin/sh', '-c', '--']);
  expect(podOf('shell').container.command[1]).toBe('-ilc');
  expect(podOf('web-offline').spec.dnsPolicy).toBe('None');
});

testWithJq('Kubernetes expands nothing in the text of a check', () => {
  expect(podOf('job').env['CHECK_nss']).toBe(contractFiles['check.nss.sh']?.replaceAll('$', '$$$$'));
});

testWithJq('home and clean-up are not left to the image that is tried', () => {
  expect(podOf('prepare').container.image).toBe(plan.toolbox);
  expect(podOf('remove').container.image).toBe(plan.toolbox);
});

const passing = (shapes: readonly Planned[]): string[][] =>
  plan.tools.flatMap(({ name }) =>
    shapes.flatMap(({ shape, inside, outside }) =>
      [...inside, ...outside].map((check) => [name, shape, check, 'pass', '0.10', '', '', '']),
    ),
  );
const reportOf = (records: readonly string[][]) => {
  const args = { plan, shapes: planFor(web), states: { 'one job': 'ended Failed' }, seconds: '9', version: 'v', name: 'x' };
  return parseReport(
    JSON.stringify(jq('report.jq', items, { ...args, records: records.map((each) => each.join('\t')).join('\n') })),
  );
};

testWithJq('all passed', () => {
  expect(reportOf(passing(planFor(web)))).toMatchObject({ passed: 26, failed: 0, notApplicable: 2, seconds: 9 });
});

testWithJq('one finding in one pod fails its item', () => {
  const records = passing(planFor(web)).map((each) =>
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
  const [stops] = passing(planFor(web)).filter((each) => each[2] === 'stops');
  const records = [...passing(planFor(web)), [...(stops ?? []).slice(0, 3), 'fail', '0.10', 'seconds', 'at most 20', 'never']];
  expect(
    reportOf(records)
      .items.filter(({ result }) => result === 'fail')
      .map(({ number }) => number),
  ).toHaveLength(1);
});

testWithJq('a check that has said nothing has failed', () => {
  const report = reportOf(passing(planFor(web)).filter(([tool, shape]) => !(tool === 'one' && shape === 'job')));
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
      { id: 'F1-a', runs: plan.tools.map(({ name }) => ({ check: 'x', shape: 'job', tool: name, ...finding(name, 'here') })) },
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
