import { defineLanguage } from '../language';
import { monoContract } from './contract/contract';
import { monoPart, type MonoVersion } from './part';

/** Mono in the stack, as Debian has it. No webservice has this type. */
export const mono = defineLanguage<MonoVersion>({ part: monoPart, contract: monoContract });
