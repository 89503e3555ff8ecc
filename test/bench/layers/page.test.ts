import type { MeasuredLayers } from '../../../bench/layers/measured-layers';
import type { NodeUpdate } from '../../../bench/layers/node-updates';
import { layersPage } from '../../../bench/layers/page';
import type { ByStyle, Style, StyledImage } from '../../../bench/layers/styles';
import type { Layer } from '../../cluster/rebase/registry-content';

const MB = 1e6;
const layer = (digest: string, megabytes: number): Layer => ({ digest, size: megabytes * MB, what: '' });
const image = (name: string, layers: ByStyle<readonly Layer[]>): StyledImage => ({ name, distro: 'bookworm', layers });
const onNode = (style: Style, megabytes: number, took: number): NodeUpdate => ({
  update: 'openssl',
  style,
  whole: { bytes: 400 * MB, seconds: 60 },
  pull: { bytes: megabytes * MB, seconds: took },
  changed: 2,
  layers: 9,
});

const legacy = (size: number) => [layer('base', size)];
const measured: MeasuredLayers = {
  date: '2026-11-26',
  machine: '2 processors',
  images: [
    image('python311-sssd-web', {
      umoci: [...legacy(120), layer('python', 240)],
      docker: [...legacy(100), layer('python', 200)],
      ours: [layer('shared', 90), layer('own', 60)],
    }),
    image('perl536-sssd-web', {
      umoci: [...legacy(120), layer('perl', 120)],
      docker: [...legacy(100), layer('perl', 100)],
      ours: [layer('shared', 90), layer('other', 130)],
    }),
  ],
  families: ['python311-sssd-web', 'perl536-sssd-web'],
  toMake: [layer('shared', 90), layer('builder', 20)],
  registryUpdates: [
    {
      update: 'openssl',
      images: 2,
      layers: { umoci: [layer('base', 480)], docker: [layer('base', 400)], ours: [layer('ssl', 7), layer('state', 1)] },
    },
  ],
  nodeUpdates: [onNode('umoci', 400, 50), onNode('ours', 8, 2)],
};

test('targets: parts of the legacy, as Docker packs it in the registry, and whether they hold', () => {
  const page = layersPage(measured);
  expect(page).toContain('| all images in the registry, each layer once | 70.00 % | 70.00 % | 400.0 MB | 280.0 MB | holds |');
  expect(page).toContain('| an openssl update in the registry | 2.00 % | 2.00 % | 400.0 MB | 8.0 MB | holds |');
  expect(page).toContain('| an openssl update on a node, fetched | 2.00 % | 2.00 % | 400.0 MB | 8.0 MB | holds |');
  expect(page).toContain('| an openssl update on a node, time | 5.00 % | 4.00 % | 50 s | 2.0 s | holds |');
});

test('a target that is missed is said', () => {
  const page = layersPage({ ...measured, nodeUpdates: [onNode('umoci', 300, 50), onNode('ours', 8, 3)] });
  expect(page).toContain('| an openssl update on a node, fetched | 2.00 % | 2.67 % | 300.0 MB | 8.0 MB | **does not hold** |');
  expect(page).toContain('| an openssl update on a node, time | 5.00 % | 6.00 % | 50 s | 3.0 s | **does not hold** |');
});

test('what was not measured cannot hold', () => {
  expect(() => layersPage({ ...measured, nodeUpdates: [onNode('umoci', 300, 50)] })).toThrow(
    'an openssl update was not measured',
  );
});

test('sizes, pulls and updates by style', () => {
  const page = layersPage(measured);
  expect(page).toContain('| all images, each layer once | 480.0 MB | 400.0 MB | 280.0 MB |');
  expect(page).toContain('| all images, each by itself | 600.0 MB | 500.0 MB | 370.0 MB |');
  expect(page).toContain('| of these, in layers that one family alone has | 360.0 MB | 300.0 MB | 190.0 MB |');
  expect(page).toContain('| and all that ours are made from | – | – | 300.0 MB |');
  expect(page).toContain('| ours | 95.0 MB | 130.0 MB | perl536-sssd-web where python311-sssd-web is |');
  expect(page).toContain('| openssl | 2 | 480.0 MB in 1 | 400.0 MB in 1 | 8.0 MB in 2 | 2.0 % |');
  expect(page).toContain('| openssl | ours | 2 of 9 | 8.0 MB | 2.0 s | 400.0 MB | 60 s | 25.0 |');
});

test('ours of before are a column where they were measured, and not mentioned otherwise', () => {
  expect(layersPage(measured)).not.toContain('ours of before');
  const images = measured.images.map((each) => ({ ...each, layers: { ...each.layers, before: each.layers.ours } }));
  expect(layersPage({ ...measured, images })).toContain('|  | legacy, by umoci | legacy, by Docker | ours of before | ours |');
});
