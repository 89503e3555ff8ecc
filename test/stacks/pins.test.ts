import { join } from 'node:path';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { readSettings } from '../../lib/settings/settings';
import { problemsOfAllEnvironments } from '../../stacks/all-environments';
import { declareEnvironment } from '../../stacks/environment';
import { readPins } from '../../stacks/pins/read-pins';

const settings = readSettings(join(__dirname, '../..'), 'local');
const pin = { digest: `sha256:${'1'.repeat(64)}`, reason: 'the next one leaks', since: '2026-11-25' } as const;

function rootWith(text: string): string {
  const root = mkdtempSync(join(tmpdir(), 'pins-'));
  mkdirSync(join(root, 'stacks/pins'), { recursive: true });
  writeFileSync(join(root, 'stacks/pins/local.json'), text);
  return root;
}

test('without a file there are no pins; what is no pin is named with its file', () => {
  expect(readPins(tmpdir(), 'local')).toEqual({});
  expect(readPins(rootWith(JSON.stringify({ x: pin })), 'local')).toEqual({ x: pin });
  expect(() => readPins(rootWith('{"x": {}}'), 'local')).toThrow(
    /^stacks\/pins\/local\.json: the pins cannot be used:\n {2}- x\.digest: found nothing/,
  );
  expect(() => readPins(rootWith('{'), 'local')).toThrow(/^stacks\/pins\/local\.json: /);
});

test('pins of an environment that does not exist are no pins of none', () => {
  const root = rootWith('{}');
  writeFileSync(join(root, 'stacks/pins/tool.json'), '{}');
  expect(problemsOfAllEnvironments(root).sort()).toEqual([
    expect.stringContaining('stacks/pins/local.json: there is no Pulumi.local.yaml'),
    expect.stringContaining('stacks/pins/tool.json: there is no Pulumi.tool.yaml'),
  ]);
});

test('a pin changes the run of its image, and that of the image whose canary it was', () => {
  const runs = (pins: Parameters<typeof declareEnvironment>[2]) =>
    declareEnvironment('local', settings, pins)
      .synthesize()
      .objects.filter(({ manifest }) => manifest.kind === 'PipelineRun')
      .map(({ manifest }) => manifest.metadata.name);
  const [without, pinned] = [runs({}), runs({ 'python311-sssd-web': pin })];
  const changed = (more: readonly string[]) =>
    more.filter((name) => !without.includes(name)).map((name) => name.replace(/-[0-9a-f]{10}-1$/, ''));
  expect(changed(pinned)).toEqual(['python311-sssd-web', 'python311-sssd-base']);
  expect(changed(runs({ 'python311-sssd-base': pin }))).toEqual(['python311-sssd-base']);
});

test('a pin of an image that no declaration has is refused, by its file', () => {
  expect(() => declareEnvironment('local', settings, { 'python27-sssd-web': pin }).synthesize()).toThrow(
    "stacks/pins/local.json: 'python27-sssd-web' is pinned, and no declaration has an image of that name",
  );
});
