import { join } from 'node:path';
import { inside } from '../../../lib/toolforge/contract/item';
import { script } from '../../../lib/tekton/script';
import type { LanguageKeeps } from '../../language';

/** What images with Ruby keep. */
export const rubyContract: LanguageKeeps = {
  programs: ['ruby', 'gem', 'bundle', 'rake', 'node', 'yarn'],
  start: '/usr/bin/ruby -rsocket -ropenssl -e 1',
  served: {
    command: ['/usr/bin/ruby', 'www/ruby/server.rb'],
    home: { 'www/ruby/server.rb': script(__dirname, 'server.rb') },
    process: { program: '/usr/bin/ruby' },
    trace: '/usr/bin/ruby www/ruby/server.rb',
  },
  items: [
    {
      id: 'F4-24-ruby',
      number: 24,
      title: '/usr/bin/ruby, gem, bundle and rake of this version, with its place for gems',
      source: 'ruby27 to ruby33, gems in homes',
      checks: [inside('ruby', 'job', 'shell', 'web')],
    },
    {
      id: 'F4-25-ruby-gems',
      number: 25,
      title: 'bundle install of a gem with an extension in C',
      source: 'build-essential, ruby-dev; bundle install in `webservice shell`',
      checks: [inside('ruby-gems', 'job-offline')],
    },
    {
      id: 'F4-26-ruby-libraries',
      number: 26,
      title: 'openssl, readline, socket, json and psych load',
      source: 'package ruby',
      checks: [inside('ruby-libraries', 'job', 'web')],
    },
    {
      id: 'F4-27-ruby-assets',
      number: 27,
      title: 'node and yarn compile what is not Ruby',
      source: 'packages nodejs and yarnpkg',
      checks: [inside('ruby-assets', 'job')],
    },
  ],
  checks: join(__dirname, 'checks'),
};
