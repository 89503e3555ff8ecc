import type { Part } from '../../lib/images/part';
import type { ServerContract } from '../../lib/toolforge/contract/language-contract';
import { script } from '../../lib/tekton/script';
import { genericContract } from './contract/contract';

/** What serves the webservices of a language, as far as images know it. */
export interface Server<T extends string = string> {
  /** The option `type` of the part webservice-runner, and the name of its runner: `python`. */
  readonly type: T;
  /** The text of /usr/bin/webservice-runner: `--type X --port 8000`, then the tool's own arguments. */
  readonly runner: string;
  /** What it starts, where that is a part and not in the stack. */
  readonly parts: readonly Part[];
  /** How pods of webservices start it, and what is seen of it. */
  readonly contract: ServerContract;
}

/** The tool's own command: every language has it. */
export const genericServer = {
  type: 'generic',
  runner: script(__dirname, 'generic.sh'),
  parts: [],
  contract: genericContract,
} satisfies Server;
