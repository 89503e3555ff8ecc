import { join } from 'node:path';
import { inside } from '../../../lib/toolforge/contract/item';
import type { LanguageKeeps } from '../../language';

/** What images with PHP keep. */
export const phpContract: LanguageKeeps = {
  programs: ['php', 'php{version}', 'php-cgi', 'composer'],
  start: "/usr/bin/php -r 'stream_get_transports();'",
  items: [
    {
      id: 'F4-24-php',
      number: 24,
      title: '/usr/bin/php and php-cgi of this version, with their extensions',
      source: 'toollabs-images, php/base',
      checks: [inside('php-extensions', 'job', 'shell', 'web')],
    },
    {
      id: 'F4-25-php-fastcgi',
      number: 25,
      title: 'Pages are run by FastCGI, with the environment of the pod',
      source: 'webservice-runner',
      checks: [inside('php-fastcgi', 'web', 'web-again')],
    },
    {
      id: 'F4-26-php-sends-files',
      number: 26,
      title: 'The header X-Sendfile sends a file',
      source: 'webservice-runner (allow-x-send-file)',
      checks: [inside('php-sends-files', 'web')],
    },
    {
      id: 'F4-27-php-tools',
      number: 27,
      title: 'Composer, and what pages draw pictures with',
      source: 'toollabs-images, php/base',
      checks: [inside('php-tools', 'job')],
    },
  ],
  checks: join(__dirname, 'checks'),
};
