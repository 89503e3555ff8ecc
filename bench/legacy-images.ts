/** The legacy images as their Dockerfiles define them, in the registry that has ours, each beside ours of the same name. */
import { execFile } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { execa } from 'execa';
import { type DeclaredImage, declaredImages } from '../cli/declared-images';
import type { Settings } from '../lib/settings/settings';
import { type CurrentImage, isCurrent, legacyDefinition } from '../stacks/legacy/catalogue';
import { REGISTRY } from '../test/cluster/rebase/registry-content';

const run = promisify(execFile);

/** What was made and measured of them stays here, so that a second run goes on where the first was ended. */
export const legacyWork = join(tmpdir(), 'csb-legacy-images');
const layout = join(legacyWork, 'layout');
const leftOut = join(legacyWork, 'left-out');

/** Its Node came from no package of Debian, so that its Dockerfile cannot be followed with Debian's mirror alone. */
const NOT_OF_DEBIAN = /^node16-/;

/** An image that a legacy one is the counterpart of. */
export type ComparedImage = DeclaredImage & { readonly name: CurrentImage };

/** The images that can be compared: declared, and made by the legacy way as well. */
export function comparedImages(settings: Settings): readonly ComparedImage[] {
  return declaredImages('local', settings).filter(
    (image): image is ComparedImage => isCurrent(image.name) && !NOT_OF_DEBIAN.test(image.name),
  );
}

/** Where the registry has ours. */
export const ourRepository = ({ name }: Pick<DeclaredImage, 'name'>): string => `toolforge-${name}`;
/** Where it has the legacy one. */
export const legacyRepository = ({ name }: Pick<DeclaredImage, 'name'>): string => `legacy/toolforge-${name}`;

/** Whether an image stands for its family: that for webservices where there is one. */
export function standsForFamily({ name }: Pick<DeclaredImage, 'name'>, all: readonly Pick<DeclaredImage, 'name'>[]): boolean {
  const web = name.replace(/-base$/, '-web').replace(/^(\w+)-sssd$/, '$1-web-sssd');
  return web === name || !all.some((other) => other.name === web);
}

/** A legacy image, and those that it is made from. */
function lineage(name: string): string[] {
  const parent = isCurrent(name) ? legacyDefinition(name).parent : undefined;
  return parent === undefined ? [name] : [name, ...lineage(parent)];
}

/** Makes it, unless the layout has it, and pushes it; gives the packages that were left out. Needs root. */
export async function makeLegacy(name: string): Promise<readonly string[]> {
  mkdirSync(legacyWork, { recursive: true });
  const { exitCode, stderr } = await execa(join(__dirname, 'legacy-images.sh'), [layout, name], {
    reject: false,
    stdout: 'ignore',
  });
  if (exitCode !== 0) throw new Error(`legacy-images.sh ${name} ended with ${exitCode}: ${stderr.slice(-2000)}`);
  const prefix = 'left out of ';
  // A run that goes on finds what is made, and is not told again.
  appendFileSync(
    leftOut,
    stderr
      .split('\n')
      .flatMap((line) => (line.startsWith(prefix) ? `${line}\n` : []))
      .join(''),
  );
  const target = `docker://${REGISTRY}/${legacyRepository({ name })}:latest`;
  await run('skopeo', ['copy', '--quiet', '--dest-tls-verify=false', `oci:${layout}:${name}`, target]);
  const said = readFileSync(leftOut, 'utf8').split('\n');
  return lineage(name).flatMap((each) => {
    const of = `${prefix}${each}: `;
    return [...new Set(said.filter((line) => line.startsWith(of)))].map((line) => line.slice(of.length));
  });
}
