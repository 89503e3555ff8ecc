import type { DeclaredRun, Doing, Refusal } from '../../lib/deploy/planned-runs';
import { compareObjects } from '../../lib/diff/environment-difference';
import type { DescribedObject } from '../../lib/diff/described-object';
import { type PlanReport, runPlans } from '../../cli/plan-report';
import { renderPlan, renderPlanMarkdown } from '../../cli/render-plan';
import { argumentOf } from '../../lib/tekton/pipeline-run';

const IMAGE = 'cloud-services-buildpacks.toolforge.org/image';
type Packages = readonly (readonly [string, string])[];
const layersOf = (packages: Packages): string =>
  JSON.stringify({ layers: packages.map(([name, address]) => ({ name, packages: [name], address })) });

/** A run of a cluster or of a declaration, whose name has a hash of ten letters. */
function object(id: string, hash: string, image: string, params: Readonly<Record<string, string>>): DescribedObject {
  const given = Object.entries({ image, ...params }).map(([name, value]) => ({ name, value }));
  const metadata = { name: `${id}-${hash.repeat(10)}-1`, namespace: 'x', annotations: { [IMAGE]: image } };
  const manifest = { apiVersion: 'tekton.dev/v1', kind: 'PipelineRun', metadata, spec: { params: given } };
  return { chart: 'python311', path: `python311/${id}`, manifest };
}

const runImage = (hash: string, packages: Packages, lock: string) =>
  object('run-image', hash, `r/run:c-${hash}`, { layers: layersOf(packages), suite: 'bookworm', packages: lock });
const web = (hash: string, onto: string) =>
  object('web', hash, `r/web:c-0-r${hash}`, { layers: 'r/web:c-0', 'run-image': onto, builder: 'r/builder:c-0' });
const line = (name: string, version: string): string => `${name} ${version} ${'a'.repeat(64)}\n`;

const before = [
  runImage(
    '0',
    [
      ['glibc', 'a'],
      ['libssl3', 'b'],
    ],
    line('libc6', '2.36') + line('libssl3', '3.0.17'),
  ),
  web('0', 'r/run:c-0'),
];
const after = [
  runImage(
    '1',
    [
      ['glibc', 'a'],
      ['libssl3', 'c'],
    ],
    line('libc6', '2.36') + line('libssl3', '3.0.18'),
  ),
  web('1', 'r/run:c-1'),
];

/** That of what follows branches makes no image. */
function followed(hash: string, onto: string): DescribedObject {
  const { manifest, ...at } = object('bookworm-followed', hash, '', { 'run-image': onto });
  return { ...at, manifest: { ...manifest, metadata: { ...manifest.metadata, annotations: {} } } };
}

function runOf({ path, manifest }: DescribedObject): DeclaredRun {
  const image = manifest.metadata.annotations?.[IMAGE];
  const any = { path, run: manifest.metadata.name.slice(0, -2), needs: [] };
  const runImage = argumentOf(manifest, 'run-image');
  if (image === undefined) return { ...any, runImage: runImage ?? '', followed: ['r/tool-a/x:latest', 'r/tool-b/x:latest'] };
  return { ...any, image, needsToBuild: [], ...(runImage !== undefined && { runImage }) };
}

function report(
  [from = [], to = []]: readonly (readonly DescribedObject[])[],
  does: readonly Doing[],
  refusal?: Refusal,
  again: ReadonlyMap<string, string> = new Map(),
): PlanReport {
  const runs = to.map(runOf);
  const planned = new Map(
    runs.map(({ path }, i) => [path, { does: does[i] ?? 'nothing', after: [], ...(refusal !== undefined && { refusal }) }]),
  );
  const sizes = (_: string, name: string) => (name === 'glibc' ? 300_000_000 : 5_000_000);
  const known = {
    ...{ planned, again, difference: compareObjects(from, to, { sizes }) },
    secondsOf: (path: string) => (path.endsWith('web') ? 75 : undefined),
    webservices: new Map([['python311/web', ['tool-one/one', 'tool-two/two']]]),
  };
  return { environment: 'test', runs: runPlans(runs, known), time: { seconds: 75, unknown: ['python311/run-image'] } };
}

test('a security update: the run image for its packages, the image for those of its run image', () => {
  const found = report([before, after], ['build', 'rebase']);
  expect(found.runs).toMatchObject([
    { does: 'build', why: 'libssl3 3.0.18', seconds: null, bytes: { other: 5_700_000, all: 305_700_000, isAtLeast: false } },
    { does: 'rebase', why: 'other packages: libssl3', seconds: 75, bytes: { other: 5_700_000, isAtLeast: false } },
  ]);
  expect(renderPlan(found)).toBe(`image      up will  about       MB to fetch  used by
run-image  build    ?           5.7 of 306
web        rebase   1 min 15 s  5.7 of 306   2

build: libssl3 3.0.18
    run-image
rebase: other packages: libssl3
    web

1 to build, 1 to rebase; nothing for 0. At least 1 min 15 s: of 1 the cluster
has no run that did the same.
Webservices that use what changes: 2; they run it after csb restart.`);
});

test('what follows branches is one row: how many images, and what a node fetches of any of them', () => {
  const all = [
    [...before, followed('0', 'r/run:c-0')],
    [...after, followed('1', 'r/run:c-1')],
  ];
  const { runs } = report(all, ['build', 'rebase', 'rebase']);
  expect(runs[2]).toMatchObject({
    ...{ image: null, followed: ['r/tool-a/x:latest', 'r/tool-b/x:latest'], does: 'rebase' },
    why: '2 images that follow branches: other packages: libssl3',
    bytes: { other: 5_700_000, all: 305_700_000, isAtLeast: false },
  });
  expect(renderPlan(report(all, ['build', 'rebase', 'rebase']))).toContain(
    '\nbookworm-followed  rebase   ?           5.7 of 306\n',
  );
});

test('where nothing else stands on its run image, it says that this is another one', () => {
  const why = (from: readonly DescribedObject[]) =>
    report([from, [followed('1', 'r/run:c-1')]], ['rebase']).runs.map((each) => each.why);
  expect(why([followed('0', 'r/run:c-0')])).toEqual(['2 images that follow branches: another run image']);
  expect(why([])).toEqual(['2 images that follow branches: it is new']);
});

test('another builder is said, and that buildpacks make more than is known', () => {
  const image = { layers: 'r/web:c-1', 'run-image': 'r/run:c-1', builder: 'r/builder:c-1' };
  const rebuilt = object('web', '1', 'r/web:c-1-r1', image);
  expect(report([before, [...after.slice(0, 1), rebuilt]], ['build', 'build']).runs[1]).toMatchObject({
    does: 'build',
    why: 'other packages: libssl3; other than before: builder',
    bytes: { other: 5_700_000, isAtLeast: true },
  });
});

test.each<[Refusal, string]>([
  [{ failed: 'a step broke' }, 'it has failed (a step broke), and is not made again by itself: csb retry web-1111111111'],
  [{ waitsFor: 'python311/run-image' }, 'it waits for run-image'],
  [{ lacks: 'r/builder:c-0' }, 'the registry has lost r/builder:c-0: csb rebuild makes an image with all that it stands on'],
])('what is refused says why, and has neither time nor bytes', (refusal, why) => {
  const found = report([before, after], ['refuse', 'refuse'], refusal);
  expect(found.runs[1]).toMatchObject({ why, seconds: null, bytes: null });
  expect(renderPlan(found)).toMatch(
    /\n2 to refuse; nothing for 0\. `up` fails there; what it has not begun by then\nstays as it is\.$/,
  );
});

test('what something outside ended, and is made again, says what that was', () => {
  const again = new Map([['run-image-1111111111', "step 'push' exited with 75."]]);
  const found = report([before, after], ['build', 'rebase'], undefined, again).runs.map(({ why }) => why);
  expect(found).toEqual(["its last attempt was ended from outside: step 'push' exited with 75.", 'other packages: libssl3']);
});

test('what is under way is waited for', () => {
  expect(report([before, after], ['wait', 'nothing']).runs[0]).toMatchObject({ does: 'wait', why: '', seconds: null });
});

test('no line is wider than 80 columns, but for a word that is', () => {
  const wide = object('bookworm-python311-build-image', '1', 'r/wide:c-1', { layers: 'c' });
  const lines = renderPlan(report([[], [wide]], ['refuse'], { lacks: `r/${'x'.repeat(90)}:c-1` })).split('\n');
  expect(lines.filter((line) => line.length > 80)).toEqual([expect.stringMatching(/^\s*r\/x{90}:c-1/)]);
});

test('of an environment that is as declared there is one line', () => {
  expect(renderPlan(report([before, before], ['nothing', 'nothing']))).toBe('No image changes: 2 are as declared.');
  expect(renderPlanMarkdown(report([before, before], ['nothing', 'nothing']))).toBe('No image changes: 2 are as declared.');
});

test('what is new, and what was only asked for, says so', () => {
  expect(report([[], after], ['build', 'build']).runs.map(({ why }) => why)).toEqual(['it is new', 'it is new']);
  expect(report([before, before], ['build', 'nothing']).runs[0]?.why).toBe('no earlier run of it is known');
});

test('as Markdown, a row has its reason', () => {
  const lines = renderPlanMarkdown(report([before, after], ['build', 'rebase'])).split('\n');
  expect(lines[0]).toBe('| image     | up will | about      | MB to fetch | used by | why                     |');
  expect(lines[3]).toBe('| web       | rebase  | 1 min 15 s | 5.7 of 306  | 2       | other packages: libssl3 |');
});
