import { join } from 'node:path';
import { inside } from '../../../lib/toolforge/contract/item';
import type { LanguageKeeps } from '../../language';

/** What images with Mono keep. */
export const monoContract: LanguageKeeps = {
  programs: ['mono', 'mcs', 'xbuild'],
  start: '/usr/bin/mono --version',
  items: [
    {
      id: 'F4-24-mono',
      number: 24,
      title: '/usr/bin/mono of this version',
      source: 'mono68, mono612',
      checks: [inside('mono', 'job', 'shell')],
    },
    {
      id: 'F4-25-mono-compiling',
      number: 25,
      title: 'A program is compiled by mcs, and a project by xbuild',
      source: 'package mono-complete',
      checks: [inside('mono-compiling', 'job')],
    },
    {
      id: 'F4-26-mono-roots',
      number: 26,
      title: "TLS roots in Mono's own store, without the one that expired in 2021",
      source: 'package ca-certificates-mono; mono68 removes DST Root CA X3',
      checks: [inside('mono-roots', 'job')],
    },
  ],
  checks: join(__dirname, 'checks'),
};
