import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { unusable } from './settings-error';

/**
 * Writes texts, or lists of words, into an environment's settings file in the place of those that it has, and leaves every other byte, comments
 * among them, as it is.
 *
 * @param values - by key, as the file has it: `cloud-services-buildpacks:toolbox`
 * @throws SettingsError when the file has no text under a key, or no list in brackets
 */
export function changeSettings(
  root: string,
  environment: string,
  values: Readonly<Record<string, string | readonly string[]>>,
): void {
  const file = `Pulumi.${environment}.yaml`;
  const text = readFileSync(join(root, file), 'utf8');
  const document = parseDocument(text);
  const config = document.get('config');
  const edits = Object.entries(values).map(([key, wanted]) => {
    const node: unknown = isMap(config) ? config.get(key, true) : undefined;
    const isText = typeof wanted === 'string';
    const value = isText ? wanted : `[${wanted.join(', ')}]`;
    const there = isText ? isScalar(node) && node : isSeq(node) && node.flow === true && node;
    const [start, end] = (there ? there.range : undefined) ?? [];
    if (start === undefined || end === undefined)
      throw unusable(file, [`${key}: found no ${isText ? 'text' : 'list in brackets'}, expected one to be replaced by ${value}`]);
    return { start, end, value };
  });
  // From the end, so that what is before keeps its place. A word of a reference needs no quotes in YAML.
  const changed = edits
    .sort((one, other) => other.start - one.start)
    .reduce((whole, { start, end, value }) => whole.slice(0, start) + value + whole.slice(end), text);
  writeFileSync(join(root, file), changed);
}
