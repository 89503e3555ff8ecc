/** What layers by package promise of real images: families share what they have in common, and containerd runs as many layers as an image may have. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { registryAddress, registryName } from '../../../local/addresses';
import type { ImageLayer } from '../../../lib/buildpacks/layers/image-layers';
import { layersOf } from '../rebase/registry-content';
import { outputOfPod } from '../pod-output';

interface Declared {
  readonly image: string;
  readonly layers: readonly ImageLayer[];
}

/** The images of stacks that the platform has made, and the layers of each by its plan. */
function declaredImages(): readonly Declared[] {
  const folder = join(__dirname, '../../../dist/local');
  return readdirSync(folder)
    .flatMap((file) => loadAll(readFileSync(join(folder, file), 'utf8')) as readonly Manifest[])
    .filter(({ kind, spec }) => kind === 'PipelineRun' && spec.pipelineRef?.name === 'stack')
    .map(({ spec }) => {
      const value = (name: string): string => spec.params?.find((each) => each.name === name)?.value ?? '';
      return { image: value('image'), layers: (JSON.parse(value('layers')) as { layers: readonly ImageLayer[] }).layers };
    });
}

interface Manifest {
  readonly kind: string;
  readonly spec: {
    readonly pipelineRef?: { readonly name: string };
    readonly params?: readonly { readonly name: string; readonly value: string }[];
  };
}

test('what images have in common they have by the same layers, whatever stands on what', async () => {
  const images = declaredImages();
  expect(images.length).toBeGreaterThan(3);
  const digests = new Map<string, Map<string, string>>();
  for (const { image, layers } of images) {
    const [, repository = '', tag = ''] = /^[^/]+\/(.+):([^:]+)$/.exec(image) ?? [];
    const made = await layersOf(repository, tag);
    expect(made.at(-1)?.what).toMatch(/^state/);
    for (const { name, address } of layers) {
      const layer = made.find(({ what }) => what === name || what.startsWith(`${name}: `));
      if (layer !== undefined) digests.set(address, (digests.get(address) ?? new Map<string, string>()).set(image, layer.digest));
    }
  }
  const shared = [...digests.values()].filter((each) => each.size > 1);
  expect(shared.length).toBeGreaterThan(15);
  for (const each of shared) expect(new Set(each.values()).size).toBe(1);
});

// 48 of a run image, or 96 with what buildpacks lay.
const MOST = 96;

test(`containerd runs an image of ${MOST} layers`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'csb-layers-'));
  const layout = join(folder, 'image');
  const image = 'test/many-layers:c-0000000000000000';
  try {
    const toolbox = `docker://${registryAddress}/platform/toolbox:bookworm`;
    execFileSync('skopeo', ['copy', '--quiet', '--src-tls-verify=false', toolbox, `oci:${layout}:base`]);
    const { Layers: there } = JSON.parse(execFileSync('skopeo', ['inspect', `oci:${layout}:base`], { encoding: 'utf8' })) as {
      Layers: readonly string[];
    };
    for (let i = there.length; i < MOST; i++) {
      writeFileSync(join(folder, `layer-${i + 1}`), `${i + 1}\n`);
      execFileSync('tar', ['--create', `--file=${folder}/layer.tar`, `--directory=${folder}`, `layer-${i + 1}`]);
      execFileSync('umoci', ['raw', 'add-layer', '--image', `${layout}:base`, join(folder, 'layer.tar')]);
    }
    execFileSync('skopeo', [
      'copy',
      '--quiet',
      '--dest-tls-verify=false',
      `oci:${layout}:base`,
      `docker://${registryAddress}/${image}`,
    ]);
    const container = { name: 'looks', image: `${registryName}/${image}`, command: ['cat', `/layer-${MOST}`] };
    expect(outputOfPod({ name: 'many-layers', namespace: 'default', spec: { containers: [container] } })).toBe(`${MOST}\n`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
