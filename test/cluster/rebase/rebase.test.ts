/** A security update of the distro: the run images are built, and what stands on them, platform images and a tool's own, is put on them as it is. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlanReport } from '../../../cli/plan-report';
import { resultOf } from '../../../lib/deploy/planned-runs';
import { digestOf, kubectl, type Result } from '../checkout';
import { holdBranches, lookAtBranches } from '../follow';
import { finishedRuns, type FinishedRun } from './finished-runs';
import { takeBack } from './older-packages';
import { type Layer, layersOf, REGISTRY } from './registry-content';
import { WholeCheckout } from './whole-checkout';

/** What stands on the run image, by the first part of their runs' names and by their repositories. */
const IMAGES = [
  { id: 'python311-sssd-base', repository: 'toolforge-python311-sssd-base' },
  { id: 'python311-sssd-web', repository: 'toolforge-python311-sssd-web' },
] as const;
/** The tool's own, which follows a branch and is rebased with all others that do. */
const ALL = [...IMAGES, { id: 'demo-one-hello', repository: 'tool-demo-one/hello' }] as const;

const runbook = readFileSync(join(__dirname, '../../../docs/runbook.md'), 'utf8');
const checkout = new WholeCheckout('test-rebase', 'test-rebase');
let update: Awaited<ReturnType<typeof takeBack>>;
let runs: readonly FinishedRun[];
let planned: PlanReport;
/** When the last run before the plan began. */
let asked = 0;
interface Divided {
  /** Of its run image, and those above. */
  readonly below: readonly Layer[];
  readonly above: readonly Layer[];
}
const before = new Map<string, Divided>();
const after = new Map<string, Divided>();
const publicWeb = `${REGISTRY}/${checkout.prefix}/toolforge-python311-sssd-web:latest`;
let webBefore: string | undefined;
const publicBase = `${REGISTRY}/${checkout.prefix}/toolforge-python311-sssd-base:latest`;
let baseBefore: string | undefined;
const publicOwn = `${REGISTRY}/${checkout.prefix}/tool-demo-one/hello:latest`;
let ownBefore: string | undefined;
let ownAfter: string | undefined;

const madeBy = (id: string): string | undefined => runs.find((run) => run.id === id)?.made;

/** A command as docs/runbook.md has it, with what is yours in place of `<...>`. */
function byTheBook(words: string, more = ''): Promise<Result> {
  const line = `npm run csb -- ${words}`;
  if (!runbook.includes(`\n\`\`\`\n${line}\n\`\`\`\n`)) throw new Error(`docs/runbook.md has no '${line}'`);
  const yours: Readonly<Record<string, string>> = {
    image: 'python311-sssd-web',
    stack: 'bookworm-python311',
    why: "'the update breaks a tool'",
  };
  return checkout.shell(line.replace(/<(\w+)>/g, (_, name: string) => yours[name] ?? `<${name}>`) + more);
}

async function note(noted: Map<string, Divided>): Promise<void> {
  const [, repository = '', tag = ''] = /^[^/]+\/(.+):([^:]+)$/.exec(runImage()) ?? [];
  const run = await layersOf(repository, tag);
  for (const { id, repository: own } of ALL) {
    const all = await layersOf(`${checkout.prefix}/${own}`, 'latest');
    expect(digestsOf(all).slice(0, run.length)).toEqual(digestsOf(run));
    noted.set(id, { below: run, above: all.slice(run.length) });
  }
}

/** The one that the last run of an image was told. */
function runImage(): string {
  const text = kubectl(
    '--namespace',
    checkout.namespace,
    'get',
    'pipelineruns',
    '--sort-by=.metadata.creationTimestamp',
    '-o',
    'json',
  );
  const { items } = JSON.parse(text) as { items: readonly Run[] };
  const last = items.filter(({ metadata }) => metadata.name.startsWith(`${IMAGES[1].id}-`)).at(-1);
  return last?.spec.params.find(({ name }) => name === 'run-image')?.value ?? '';
}

interface Run {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly params: readonly { readonly name: string; readonly value: string }[] };
}

const digestsOf = (layers: readonly Layer[] = []): string[] => layers.map(({ digest }) => digest);

async function answerOf({ name, namespace }: { readonly name: string; readonly namespace: string }): Promise<unknown> {
  const address = kubectl('--namespace', namespace, 'get', 'service', name, '--output=jsonpath={.spec.clusterIP}');
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await (await fetch(`http://${address}:8000/`)).json();
    } catch (error) {
      // A connection may still lead to the pod that is being replaced.
      if (attempt === 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

const installedIn = ({ name, namespace }: { readonly name: string; readonly namespace: string }): string =>
  kubectl(
    '--namespace',
    namespace,
    'exec',
    `deployment/${name}`,
    '--',
    'dpkg-query',
    '--show',
    '--showformat=${Version}',
    update.name,
  );

beforeAll(async () => {
  await checkout.forgetImages();
  update = await takeBack(checkout);
  await checkout.up();
  holdBranches(checkout.namespace, true);
  await lookAtBranches(checkout.namespace, 'demo-one.hello');
  await note(before);
  [webBefore, baseBefore, ownBefore] = await Promise.all([publicWeb, publicBase, publicOwn].map(digestOf));
  // The tag of an earlier attempt may have been there when the pods began.
  checkout.restartTools();
}, 1_800_000);
afterAll(() => checkout.remove(), 600_000);

test('before the update, both tools run the older version', async () => {
  for (const tool of checkout.tools) {
    expect(installedIn(tool)).toBe(update.before);
    expect(await answerOf(tool)).toMatchObject({ uid: tool.uid });
  }
});

test('the plan says that of the images, and why, and changes nothing', async () => {
  update.update();
  const runsBefore = finishedRuns(checkout.namespace);
  asked = Math.max(...runsBefore.map(({ started }) => started));
  // What was built is tried itself.
  for (const { id } of IMAGES)
    expect(runsBefore.find((run) => run.id === id)?.contract).toMatch(/^2\d passed, \d+ not applicable/);
  const { output } = await byTheBook('plan', ' --json 2>/dev/null');
  planned = JSON.parse(output.slice(output.indexOf('{'))) as PlanReport;
  for (const { id } of IMAGES) {
    const found = planned.runs.find(({ run }) => run.startsWith(`${id}-`));
    expect(found).toMatchObject({ does: 'rebase', why: expect.stringContaining('other packages: ') as string });
    expect(found?.bytes?.other).toBeLessThan((found?.bytes?.all ?? 0) / 3);
  }
  expect(planned.runs.find(({ run }) => run.startsWith('bookworm-python311-followed-'))).toMatchObject({
    ...{ does: 'rebase', image: null, followed: [expect.stringMatching(/\/tool-demo-one\/hello:latest$/) as string] },
    why: expect.stringContaining('1 image that follows a branch: other packages: ') as string,
  });
  const web = planned.runs.find(({ run }) => run.startsWith('python311-sssd-web-'));
  expect(web?.webservices).toHaveLength(checkout.tools.length);
  expect(finishedRuns(checkout.namespace)).toEqual(runsBefore);
});

test('up after the change of the locks rebases all images', async () => {
  const output = await checkout.up();
  expect(output.match(/ succeeded: rebased in /g)?.length).toBeGreaterThanOrEqual(IMAGES.length);
  runs = finishedRuns(checkout.namespace);
  for (const { id } of IMAGES) expect(madeBy(id)).toBe('rebased');
  await note(after);
}, 1_800_000);

test('up has done what the plan said, for each run', () => {
  const done = planned.runs.map(({ run }) => [
    run,
    runs.find((each) => each.run === run && each.started > asked)?.made ?? 'nothing',
  ]);
  expect(done).toEqual(planned.runs.map(({ run, does }) => [run, resultOf(does) ?? 'nothing']));
});

test('of both images the canary was tried in full, and of the other whether it starts', () => {
  const said = (id: string): string | undefined => runs.filter((run) => run.id === id).at(-1)?.contract;
  expect(said('python311-sssd-web')).toMatch(/^2\d passed, \d+ not applicable, \d+ seconds$/);
  expect(said('python311-sssd-base')).toMatch(/^1 passed, 1\d by the canary, \d+ not applicable, \d+ seconds$/);
});

test('what follows branches was rebased by one run, after the platform images had passed', () => {
  const last = (id: string): FinishedRun | undefined => runs.filter((run) => run.id === id).at(-1);
  const followed = last('bookworm-python311-followed');
  expect(followed?.started).toBeGreaterThan(asked);
  for (const { id } of IMAGES) expect(followed?.started).toBeGreaterThanOrEqual(last(id)?.ended ?? Infinity);
  const pod = ['--selector', `tekton.dev/pipelineRun=${followed?.run ?? ''}-1`, '--container', 'step-rebase'];
  const said = kubectl('--namespace', checkout.namespace, 'logs', ...pod);
  expect(said).toContain('{"failed":0,"found":0,"held back":0,"not built":0,"rebased":1,"refused":0}');
});

test('no runtime was built, and no task that builds images ran', () => {
  const runtimes = runs.filter(({ id }) => id.endsWith('-runtime'));
  expect(runtimes.map(({ id }) => id)).toEqual(expect.arrayContaining(['python-3-11-2-runtime', 'uwsgi-2-0-21-runtime']));
  expect(runtimes.filter(({ made }) => made !== 'found')).toEqual([]);
  for (const image of IMAGES) {
    const tasks = runs.find(({ id }) => id === image.id)?.tasks;
    expect(tasks).toContain('rebase');
    expect(tasks).not.toContain('build');
  }
});

test('the canary waits for its run image, and not for the new builder, the other image for the canary', async () => {
  const { output } = await checkout.pulumi('stack', 'export');
  const { deployment } = JSON.parse(output.slice(output.indexOf('{'))) as {
    deployment: { resources: readonly { readonly urn: string; readonly dependencies?: readonly string[] }[] };
  };
  const needs = (run: string): string | undefined =>
    deployment.resources.find(({ urn }) => urn.includes(`/${run}#`))?.dependencies?.join('\n');
  const [base, web] = [needs('python311-sssd-base/run'), needs('python311-sssd-web/run')];
  expect(web).toContain('/bookworm-python311/run-image#');
  expect(web).not.toContain('/python311/image#');
  expect(base).not.toContain('/python311/image#');
  expect(base).toContain('/python311-sssd-web/run#');
});

test.each(ALL)(
  '$id: the layers above the run image are the same; of the run image, those of what was updated are others',
  ({ id }) => {
    const [old, now] = [before.get(id), after.get(id)];
    expect(now?.above.length).toBeGreaterThan(0);
    expect(digestsOf(now?.above)).toEqual(digestsOf(old?.above));
    const kept = digestsOf(old?.below);
    const moved = (now?.below ?? []).filter(({ digest }) => !kept.includes(digest)).map(({ what }) => what);
    // The state has dpkg's own word of every package.
    expect(moved.at(-1)).toMatch(/^state/);
    const updated = new RegExp(` (${update.packages.map((each) => each.replace(/[.+]/g, '\\$&')).join('|')})( |$)`);
    expect(moved.slice(0, -1)).toEqual(moved.slice(0, -1).map(() => expect.stringMatching(updated) as string));
    expect(moved.length).toBeGreaterThan(1);
  },
);

test('pods run the new base after a restart, not before, and answer', async () => {
  for (const tool of checkout.tools) expect(installedIn(tool)).toBe(update.before);
  const shown = await checkout.csb('restart', 'bookworm-python311');
  expect(shown.output).toMatch(
    /\n2 of 2 webservices of these images run an older one\.\nTo restart them, 10 at a time: .*--go\n$/,
  );
  for (const tool of checkout.tools) expect(installedIn(tool)).toBe(update.before);
  const { code, output } = await byTheBook('restart <stack> --go');
  expect(`${code} ${output}`).toMatch(/^0 [^]*wave 1 of 1: [^]*\n2 webservices restarted, all ready\n$/);
  expect((await checkout.csb('restart')).output).toBe('0 of 2 webservices of these images run an older one.\n');
  for (const tool of checkout.tools) {
    expect(installedIn(tool)).toBe(update.after);
    const answer = await answerOf(tool);
    expect(answer).toMatchObject({ uid: tool.uid });
    // Python's ssl is in a layer that nobody built anew; the library it loads is the run image's.
    if (update.name === 'libssl3')
      expect(answer).toMatchObject({
        openssl: expect.stringContaining(`OpenSSL ${update.after.split('-')[0] ?? ''} `) as string,
      });
  }
});

test('rollback makes an image public again as it was, whatever is wrong with what is declared, and the history says how', async () => {
  expect(await digestOf(publicWeb)).not.toBe(webBefore);
  // What a pinned image waits for is nothing that is declared.
  checkout.edit('lib/buildpacks/builder/steps/assemble.sh', (text) => text.replace('umask 022\n', 'umask 022\nexit 1\n'));
  const { code, output } = await byTheBook('rollback <image> --reason <why>');
  expect(`${code} ${output}`).toMatch(
    /^0 [^]*python311-sssd-web is public as sha256:[0-9a-f]{64}, and pinned to it\n[^]*git add -A stacks\/pins dist/,
  );
  expect(await digestOf(publicWeb)).toBe(webBefore);
  expect(JSON.parse(checkout.read('stacks/pins/local.json'))).toEqual({
    'python311-sssd-web': { digest: webBefore, reason: 'the update breaks a tool', since: expect.any(String) as string },
  });
  expect(checkout.read('dist/local/python311.yaml')).toContain(webBefore);
  const history = (await byTheBook('history <image>')).output.split('\n').filter((line) => /^\d{4}-/.test(line));
  expect(history).toHaveLength(3);
  expect(history.at(-1)).toMatch(new RegExp(`testing latest +${webBefore?.slice(7, 19) ?? ''} +[0-9a-f]{12} +a pin$`));
}, 600_000);

test("a stack goes back with all that stands on it: what is pinned stays, and a tool's own image gets no pin", async () => {
  expect(await digestOf(publicBase)).not.toBe(baseBefore);
  ownAfter = await digestOf(publicOwn);
  expect(ownAfter).not.toBe(ownBefore);
  expect((await checkout.csb('status')).output).toMatch(/\n(\d+) of \1 images of tools are healthy: /);
  const { code, output } = await byTheBook('rollback <stack> --reason <why>');
  expect(`${code} ${output}`).toMatch(/^0 /);
  expect(output).toContain(`${checkout.prefix}/tool-demo-one/hello is public as ${ownBefore ?? ''}\n`);
  expect(output).toContain('until something else is pushed or declared');
  expect(await Promise.all([publicWeb, publicBase, publicOwn].map(digestOf))).toEqual([webBefore, baseBefore, ownBefore]);
  const pins = JSON.parse(checkout.read('stacks/pins/local.json')) as Readonly<Record<string, { readonly digest: string }>>;
  expect(
    Object.entries(pins)
      .map(([name, { digest }]) => [name, digest])
      .sort(),
  ).toEqual([
    ['python311-sssd-base', baseBefore],
    ['python311-sssd-web', webBefore],
  ]);
}, 600_000);

test('pods run the older base again after a restart', async () => {
  for (const tool of checkout.tools) expect(installedIn(tool)).toBe(update.after);
  const { code, output } = await byTheBook('restart <stack> --go');
  expect(`${code} ${output}`).toMatch(/^0 [^]*\n2 webservices restarted, all ready\n$/);
  for (const tool of checkout.tools) {
    expect(installedIn(tool)).toBe(update.before);
    expect(await answerOf(tool)).toMatchObject({ uid: tool.uid });
  }
}, 600_000);

test('a pin that is removed is gone from the declarations, and the tag stays where it is until the next up', async () => {
  const { code } = await byTheBook('unpin <image>');
  expect(code).toBe(0);
  const pins = JSON.parse(checkout.read('stacks/pins/local.json')) as object;
  expect(Object.keys(pins)).toEqual(['python311-sssd-base']);
  expect(checkout.read('dist/local/python311.yaml')).not.toContain(webBefore);
  expect(await digestOf(publicWeb)).toBe(webBefore);
});

test("a tool's own image that was taken back is moved forward by no order of the same commit", async () => {
  const own = `${checkout.prefix}/tool-demo-one/hello`;
  const history = (await checkout.csb('history', own)).output.split('\n').filter((line) => /^\d{4}-/.test(line));
  expect(history.at(-1)).toMatch(/ latest +[0-9a-f]{12} +[0-9a-f]{12} +was-latest-[0-9a-f]{12}$/);
  // What is declared otherwise since the update is ordered for the same commit.
  expect(await lookAtBranches(checkout.namespace, 'demo-one.hello')).toMatch(/ has begun\n/);
  expect(await digestOf(publicOwn)).toBe(ownBefore);
  expect((await checkout.csb('status')).output).toMatch(
    /tool-demo-one\/hello +bookworm-python311 +a branch +[0-9a-f]{12} +another\n/,
  );
}, 600_000);

test("one tool's own image goes forward again by a rollback of its own, and the last pin takes its file with it", async () => {
  const { code, output } = await checkout.csb('rollback', `${checkout.prefix}/tool-demo-one/hello`);
  expect(`${code} ${output}`).toMatch(new RegExp(`^0 [^]*/tool-demo-one/hello is public as ${ownAfter ?? ''}\n`));
  expect(await digestOf(publicOwn)).toBe(ownAfter);
  expect((await checkout.csb('unpin', 'bookworm-python311')).code).toBe(0);
  expect(existsSync(join(checkout.directory, 'stacks/pins/local.json'))).toBe(false);
}, 600_000);
