import { literally } from '../synth/container-text';
import { asText, type Named, partsOf, TASK_RUN } from './reference';

// What Tekton replaces in a text, wherever it comes from: there is no way to escape it (tektoncd/pipeline#4860). Other `$(...)` are the
// kubelet's, or a shell's own.
const REPLACED = /\$\((?:params|results|workspaces|tasks|context|steps|inputs|outputs|resources|credentials|finally)[.[][^)]*\)/g;

/**
 * A value for the arguments or the environment of a step: variables as Tekton reads them, and all other text so that it arrives byte for
 * byte. Texts in lists and objects are rendered too.
 */
export function renderValue(value: unknown): unknown {
  const text = asText(value);
  if (typeof text === 'string') {
    // A piece may end in a '$', and what stands for the variable after it begin with a bracket: literally() knows that more may follow.
    return partsOf(text)
      .map((part) => (typeof part === 'string' ? literally(part) : named(part)))
      .join('');
  }
  if (Array.isArray(text)) return text.map(renderValue);
  if (typeof text !== 'object' || text === null) return text;
  return Object.fromEntries(Object.entries(text).map(([key, each]) => [key, renderValue(each)]));
}

/** A text that no container is given, such as the name of an image: only variables are replaced. */
export function renderName(text: string): string {
  // Whoever lost the types may have given anything: problemsOfText says so.
  if (typeof text !== 'string') return text;
  return partsOf(text)
    .map((part) => (typeof part === 'string' ? part : named(part)))
    .join('');
}

const named = ({ path }: Named): string => `$(${path})`;

/** Who asks: the path of a task or pipeline, and whether the name of the run is known there. */
export interface Asking {
  readonly path: string;
  readonly knowsRun: boolean;
}

/**
 * What would not arrive as it is written: variables of others, and texts that Tekton replaces though no handle made them.
 *
 * @returns a line each, to be put after the construct's path
 */
export function problemsOfText(where: string, value: unknown, asking: Asking): string[] {
  return textsIn(value).flatMap((text) => [
    ...variablesIn(text)
      .filter(({ owner }) => !isKnown(owner, asking))
      .map(
        ({ owner, path }) =>
          `${where} names $(${path}) of ${owner === '' ? 'runs of pipelines' : owner}, which is not known here; use a handle of what is declared here`,
      ),
    ...replacedIn(text).map(
      (each) =>
        `${where} has the text ${each}, which Tekton would replace, and which cannot be escaped; to mean a variable use its handle, else write it in another way`,
    ),
  ]);
}

// A pipeline knows the name of its run, and a task its own run.
function isKnown(owner: string, { path, knowsRun }: Asking): boolean {
  if (owner === '') return knowsRun;
  return owner === TASK_RUN ? !knowsRun : owner === path;
}

/** The variables in a text. */
export function variablesIn(text: string): readonly Named[] {
  return partsOf(text).filter((part) => typeof part !== 'string');
}

/** What Tekton would replace in a text that somebody wrote. */
export function replacedIn(text: string): readonly string[] {
  const plain = partsOf(text)
    .map((part) => (typeof part === 'string' ? part : '_'))
    .join('');
  return plain.match(REPLACED) ?? [];
}

function textsIn(value: unknown): readonly string[] {
  const text = asText(value);
  if (typeof text === 'string') return [text];
  return typeof text === 'object' && text !== null ? Object.values(text).flatMap(textsIn) : [];
}
