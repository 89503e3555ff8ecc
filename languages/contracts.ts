import type { Contracts } from '../lib/toolforge/contract/language-contract';
import type { AnyLanguage } from './language';
import { languages } from './languages';
import { genericServer } from './webservice-runner/server';

/** What is tried of each language, with its server, and of the server of images without one of their own. */
export function contractsOf(all: readonly AnyLanguage[]): Contracts {
  // What some releases have in a layer and others in the stack is one language.
  const named = new Map(all.map((each) => [each.part.name, each] as const));
  return {
    languages: [...named.values()].map(({ part, server, contract: { programs, start, items, checks, served } }) => ({
      ...{ name: part.name, programs, start, items },
      ...(checks !== undefined && { checks }),
      ...(served && { server: { ...genericServer.contract, ...served } }),
      ...(server && { server: server.contract }),
    })),
    generic: genericServer.contract,
  };
}

/** That of all languages. */
export const CONTRACTS = contractsOf(languages);
