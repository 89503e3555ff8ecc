import { defineLanguage } from '../language';
import { mariadbContract } from './contract/contract';
import { mariadbPart, type MariadbVersion } from './part';

/** Clients of databases, for backups of tools. No webservice has this type. */
export const mariadb = defineLanguage<MariadbVersion>({ part: mariadbPart, contract: mariadbContract });
