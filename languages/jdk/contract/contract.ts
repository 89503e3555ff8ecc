import { join } from 'node:path';
import { inside } from '../../../lib/toolforge/contract/item';
import { script } from '../../../lib/tekton/script';
import type { LanguageKeeps } from '../../language';

/** What images with Java keep. */
export const jdkContract: LanguageKeeps = {
  programs: ['java', 'javac', 'jar', 'mvn'],
  start: '/usr/bin/java -version',
  served: {
    command: ['/usr/bin/java', 'www/java/Server.java'],
    home: { 'www/java/Server.java': script(__dirname, 'Server.java') },
    process: { program: '/usr/bin/java' },
    trace: '/usr/bin/java www/java/Server.java',
  },
  items: [
    {
      id: 'F4-24-jdk',
      number: 24,
      title: '/usr/bin/java of this release in /usr/lib/jvm, with Maven',
      source: 'jdk17, jdk21',
      checks: [inside('jdk', 'job', 'shell')],
    },
    {
      id: 'F4-25-jdk-jar',
      number: 25,
      title: 'A class is compiled, and its jar runs as the tool',
      source: 'packages openjdk, wikitech',
      checks: [inside('jdk-jar', 'job'), { ...inside('jdk-runner', 'job'), onlyFor: 'web' }],
    },
    {
      id: 'F4-26-jdk-heap',
      number: 26,
      title: 'The heap follows the memory that the pod may have',
      source: 'webservice (resources jdk)',
      checks: [inside('jdk-heap', 'job', 'web')],
    },
    {
      id: 'F4-27-jdk-roots',
      number: 27,
      title: 'TLS roots in /etc/ssl/certs/java/cacerts',
      source: 'package ca-certificates-java',
      checks: [inside('jdk-roots', 'job')],
    },
  ],
  checks: join(__dirname, 'checks'),
};
