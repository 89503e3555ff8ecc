import type { Contracts } from '../lib/toolforge/contract/language-contract';
import { pythonContract } from './python/contract/contract';
import { genericContract } from './webservice-runner/contract/contract';

/** What is tried of each language, and the server of images without one of their own. */
export const CONTRACTS: Contracts = { languages: [pythonContract], generic: genericContract };
