import type { EngineEvent } from '@pulumi/pulumi/automation';
import type { LiveRun } from '../../lib/deploy/run-progress';
import { nameOf } from '../state';
import type { Operation, ViewEvent } from './event';

/** What an event of Pulumi's engine tells. */
export type EngineNews =
  | Extract<ViewEvent, { event: 'object' | 'message' }>
  /** A run as Pulumi knows it, which is at its end. */
  | { readonly event: 'run'; readonly run: LiveRun }
  | { readonly event: 'run-unchanged'; readonly path: string }
  /** The program's words of a run that did not succeed. */
  | Extract<ViewEvent, { event: 'run-failed' }>;

/** What Pulumi calls its operations, as people say them. The other steps of a replacement are part of it. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  create: 'created',
  update: 'updated',
  replace: 'replaced',
  delete: 'deleted',
};
const RUN = 'kubernetes:tekton.dev/v1:PipelineRun';

/** What people have no use for: the one when the language host is not beside the CLI, the other when the reason has been said. */
const NOISE = [/^using pulumi-language-nodejs from \$PATH/, /^update failed$/];

/** What an event of Pulumi's engine tells; undefined for what is of interest to Pulumi alone. */
export function newsOf(event: EngineEvent): EngineNews | undefined {
  if (event.resOutputsEvent !== undefined) return newsOfResource(event.resOutputsEvent.metadata);
  if (event.diagnosticEvent !== undefined) return newsOfDiagnostic(event.diagnosticEvent);
  return undefined;
}

type Metadata = NonNullable<EngineEvent['resOutputsEvent']>['metadata'];

function newsOfResource({ op, urn, type, new: made }: Metadata): EngineNews | undefined {
  if (!type.startsWith('kubernetes:')) return undefined;
  const path = nameOf({ urn });
  if (type === RUN && op === 'same') return { event: 'run-unchanged', path };
  const operation = OPERATIONS[op];
  if (operation === undefined) return undefined;
  if (type === RUN && operation !== 'deleted') return { event: 'run', run: made?.outputs as unknown as LiveRun };
  return { event: 'object', operation, kind: type.split(':').at(-1) ?? '', path };
}

type Diagnostic = NonNullable<EngineEvent['diagnosticEvent']>;

function newsOfDiagnostic({ severity, message, urn = '', ephemeral = false }: Diagnostic): EngineNews | undefined {
  const text = message.trimEnd();
  if (ephemeral || text === '' || (severity as string) === 'debug' || NOISE.some((noise) => noise.test(text))) return undefined;
  const failed = /^run (\S+) did not succeed: /m.exec(text);
  if (failed !== null) return { event: 'run-failed', run: failed[1] ?? '', lines: text.slice(failed.index).split('\n') };
  const [first = '', ...others] = text.split('\n');
  // What the program says has no resource, or the whole stack.
  const where = urn === '' || urn.includes('::pulumi:pulumi:Stack::') ? '' : `${nameOf({ urn })}: `;
  return { event: 'message', severity: severity === 'info#err' ? 'info' : severity, lines: [`${where}${first}`, ...others] };
}
