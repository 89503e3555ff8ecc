/** The buildpacks of this repository keep the rules. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { buildpackProblems } from '../../lib/buildpacks/specification/buildpack';
import type { BuildpackTarget } from '../../lib/buildpacks/specification/target';

interface Descriptor {
  readonly api: string;
  readonly buildpack: { readonly id: string; readonly version: string; readonly 'sbom-formats'?: readonly string[] };
  readonly targets?: readonly BuildpackTarget[];
}

const folder = join(__dirname, '../../languages');
const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
  existsSync(join(folder, name, 'buildpack.toml')),
);

test.each(names)('%s', (name) => {
  const { api, buildpack, targets } = parse(readFileSync(join(folder, name, 'buildpack.toml'), 'utf8')) as unknown as Descriptor;
  const programs = readdirSync(join(folder, name, 'bin')).map((program) => `bin/${program}`);
  const { id, version, 'sbom-formats': sbomFormats = [] } = buildpack;
  expect(buildpackProblems({ id, version, api, sbomFormats, programs, ...(targets && { targets }) })).toEqual([]);
});
