import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings } from '../../lib/settings/settings';
import { EnvironmentApp } from '../../lib/synth/app';
import type { SynthesisError } from '../../lib/synth/validation';
import { Examples } from './constructs';

const root = join(__dirname, '../..');
const words = (code: string): string => code.replace(/\s+/g, ' ').trim();

/** The examples of constructs.ts by class: what follows the comment with its name. */
const compiled = new Map(
  readFileSync(join(__dirname, 'constructs.ts'), 'utf8')
    .split(/^ {4}\/\/ (?=[A-Z]\w+$)/m)
    .slice(1)
    .map((part) => [/^\w+/.exec(part)?.[0] ?? '', words(part.replace(/^\w+/, '').replace(/^ {0,2}\}$[^]*/m, ''))]),
);

/** The classes of lib/ and languages/ that are constructs, with their docstrings. */
const constructs = ['lib', 'languages']
  .flatMap((room) => readdirSync(join(root, room), { recursive: true, encoding: 'utf8' }).map((file) => join(root, room, file)))
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    const classes = text.matchAll(
      /\/\*\*((?:(?!\*\/)[^])*)\*\/\nexport class (\w+)(?:<(?:(?!\{)[^])*>)?\s+extends (Construct|ConfigMap|Namespace|Pipeline|PipelineRun|EnvironmentChart)\b/g,
    );
    return [...classes].map(([, docstring = '', name = '']) => ({ name, docstring: docstring.replace(/^ \* ?/gm, '') }));
  });

/** Made by others, never declared. */
const INNER = [
  'BuildpackFiles',
  'KindFiles',
  'ImportedPipeline',
  'ImageRun',
  'ExternalObject',
  'PinnedImagePipeline',
  'FollowedImage',
];

test('there are constructs, and each of them has an example here', () => {
  const declared = constructs.map(({ name }) => name).filter((name) => !INNER.includes(name));
  expect(declared.sort()).toEqual([...compiled.keys()].sort());
});

test.each(constructs.filter(({ name }) => !INNER.includes(name)))(
  'the example of $name is compiled, word for word',
  ({ name, docstring }) => {
    const [, example = ''] = /@example\n```ts\n([^]*?)```/.exec(docstring) ?? [];
    expect(words(example)).toBe(compiled.get(name));
  },
);

test('the examples can be constructed; what they lack are only packages in a lock', () => {
  const app = new EnvironmentApp('examples');
  new Examples(app, readSettings(root, 'local'));
  let problems: readonly string[] = [];
  try {
    app.synthesize();
  } catch (error) {
    problems = (error as SynthesisError).problems;
  }
  for (const each of problems)
    expect(each).toMatch(
      /(?:is|are) not in the lock|it has never been locked|has no packages of the base|needs packages that the run image of bookworm lacks/,
    );
});
