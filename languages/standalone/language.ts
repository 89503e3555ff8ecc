import { defineLanguage } from '../language';
import { standaloneContract } from './contract/contract';
import { standalonePart } from './part';

/** No language: what programs that a tool has compiled elsewhere need, and no common tools. */
export const standalone = defineLanguage<'11'>({ part: standalonePart, contract: standaloneContract });
