import type { Construct } from 'constructs';
import type { Distro } from '../languages/distro';
import { Family } from '../languages/family';
import { mariadb } from '../languages/mariadb/language';

/** MariaDB's clients on Debian 13, for backups of databases: no webservice has this type. */
export class Mariadb extends Family {
  constructor(scope: Construct, on: Distro) {
    super(scope, 'mariadb', { on, language: mariadb.at('11.8'), images: ['base'] });
  }
}
