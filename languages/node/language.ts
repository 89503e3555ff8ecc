import { jsServer } from '../js/server';
import { defineLanguage } from '../language';
import { nodeContract } from './contract/contract';
import { nodeLayer } from './layer/part';
import { nodePart, type NodeVersion } from './part';

/** Node in the stack, as Debian has it, so that it finds Debian's modules in /usr/share/nodejs; `npm start` serves it. */
export const node = defineLanguage<NodeVersion>({ part: nodePart, server: jsServer, standsOn: 'devel', contract: nodeContract });

/** Node 16 in a layer, which no Debian release has had. */
export const node16 = defineLanguage<'16'>({ part: nodeLayer, server: jsServer, standsOn: 'devel', contract: nodeContract });
