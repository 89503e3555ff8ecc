import pc from 'picocolors';
import type { Drift } from './drift';
import { renderField } from './render-field';

const SYMBOL = { changed: pc.yellow('~'), missing: pc.red('-'), undeclared: pc.cyan('?') } as const;
const WORDS = { changed: 'changed', missing: 'missing', undeclared: 'not declared any more' } as const;

/** Drift as people read it: declared on the left, live on the right. */
export function renderDrift(drift: readonly Drift[]): string {
  if (drift.length === 0) return 'No drift: the cluster has what is declared.';
  const objects = drift.map(({ kind, path, object, fields }) =>
    [
      `${SYMBOL[kind]} ${pc.bold(path)}  ${pc.dim(object)}  ${WORDS[kind]}`,
      ...fields.flatMap((field) => {
        const by = field.by && pc.dim(`by ${field.by.manager}${field.by.time === undefined ? '' : ` at ${field.by.time}`}`);
        return [...renderField(field), ...(by === undefined ? [] : [by])].map((line) => `    ${line}`);
      }),
    ].join('\n'),
  );
  return [...objects, `Objects that differ: ${drift.length}.`].join('\n');
}
