import { defineLanguage } from '../language';
import { jdkContract } from './contract/contract';
import { jdkPart, type JdkVersion } from './part';

/** Java in the stack, as Debian has it; the tool's own command serves it. */
export const jdk = defineLanguage<JdkVersion>({ part: jdkPart, resources: 'jdk', contract: jdkContract });
