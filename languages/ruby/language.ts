import { defineLanguage } from '../language';
import { rubyContract } from './contract/contract';
import { rubyPart, type RubyVersion } from './part';

/** Ruby in the stack, as Debian has it; the tool's own command serves it. */
export const ruby = defineLanguage<RubyVersion>({ part: rubyPart, standsOn: 'devel', contract: rubyContract });
