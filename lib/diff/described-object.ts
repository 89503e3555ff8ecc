import { loadAll } from 'js-yaml';
import type { Manifest, Synthesis } from '../synth/synthesized';

/** A Kubernetes object with what declared it: from a synthesis, from a file of dist/, or from a cluster. */
export interface DescribedObject {
  readonly chart: string;
  readonly path: string;
  readonly manifest: Manifest;
}

/** What the declarations say now. */
export function describeSynthesis({ charts }: Synthesis): DescribedObject[] {
  return charts.flatMap(({ name, objects }) => objects.map(({ path, manifest }) => ({ chart: name, path, manifest })));
}

/**
 * What a file of dist/ says. The first comment of a document is the construct path; further ones, such as waivers, are for people.
 *
 * @throws Error naming the file when a document has no path
 */
export function parseDistFile(file: string, text: string): DescribedObject[] {
  const chart = file.replace(/^.*\//, '').replace(/\.yaml$/, '');
  // Within a document everything that could look like a separator is indented.
  const documents = text.split(/^---[ \t]*$/m).slice(1);
  return documents.flatMap((document) => {
    const objects = loadAll(document).filter((each) => each !== null && each !== undefined) as Manifest[];
    if (objects.length === 0) return [];
    const path = /^# *(\S+)/m.exec(document)?.[1];
    const [manifest] = objects;
    if (path === undefined || !/^\s*# *\S/.test(document) || manifest === undefined)
      throw new Error(`${file}: a document starts without '# <construct path>'; make dist/ again with: npm run synth`);
    return [{ chart, path, manifest }];
  });
}
