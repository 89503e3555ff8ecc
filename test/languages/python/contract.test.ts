/** What is tried of images with Python, in which pods and in which order. */
import { CONTRACTS } from '../../../languages/contracts';
import type { ImageKind } from '../../../lib/toolforge/contract/item';
import { driverOf, testWithJq } from '../../toolforge/driver';

const web: ImageKind = { kind: 'web', language: { python: '3.11' } };
const base: ImageKind = { kind: 'base', language: { python: '3.11' } };
interface TriedItem {
  readonly id: string;
  readonly number: number;
  readonly reason?: string;
}
const itemsOf = (image: ImageKind) => driverOf(image, CONTRACTS).items as readonly TriedItem[];

test('there are the 28 items of the facts, each once, in order; six of a base image are of servers', () => {
  const numbers = Array.from({ length: 28 }, (_, i) => i + 1);
  expect(itemsOf(web).map(({ number }) => number)).toEqual(numbers);
  expect(itemsOf(base).map(({ number }) => number)).toEqual(numbers);
  const own = itemsOf(web).slice(23);
  expect(own.map(({ id }) => id)).toEqual([
    'F3-24-python',
    'F3-25-uwsgi',
    'F3-26-application',
    'F3-27-environments',
    'F3-28-jobs',
  ]);
  const ofServers = itemsOf(base).filter(({ reason }) => reason === 'only for web images');
  expect(ofServers.map(({ number }) => number)).toEqual([20, 21, 22, 23, 25, 26]);
});

testWithJq('the checks of each pod, in their order', () => {
  const words = (image: ImageKind) =>
    driverOf(image, CONTRACTS)
      .shapes()
      .map(({ shape, inside, outside }) => `${shape}: ${[...inside, ...outside.map((each) => `${each}!`)].join(' ')}`);
  expect(words(web)).toEqual([
    'web: any-uid nss locale environment writable-places nothing-written first-process server-log ownership no-privileges port python application stops! answers! trace!',
    'job: any-uid readable command-override common-tools nss locale tls-roots environment working-directory writable-places nothing-written log-files ownership host-names no-privileges runner python python-existing-venv uwsgi python-bootstrap python-compiling',
    'shell: any-uid shell common-tools nss locale environment working-directory ownership no-privileges python python-environment-homes',
    'web-again: first-process port started-again nothing-written server-log application stops! answers! trace!',
    'job-bare: any-uid command-override nss-without-pipes locale no-home-of-its-own writable-places mount-points python',
    'job-offline: no-network python-environments python-environment-homes python-user-packages',
    'web-offline: stops! answers! trace!',
  ]);
  expect(words(base)).toEqual([
    'job: any-uid readable command-override common-tools nss locale tls-roots environment working-directory writable-places nothing-written log-files ownership host-names no-privileges python python-existing-venv python-compiling',
    'shell: any-uid shell common-tools nss locale environment working-directory ownership no-privileges python python-environment-homes',
    'job-bare: any-uid command-override nss-without-pipes locale no-home-of-its-own writable-places mount-points python',
    'job-offline: no-network python-environments python-environment-homes python-user-packages',
  ]);
});

testWithJq('uWSGI is started by both names of its type, and its files are laid before', () => {
  const { podOf } = driverOf(web, CONTRACTS);
  const runner = '/usr/bin/webservice-runner';
  expect(podOf('web').container.command).toEqual([runner, '--type', 'uwsgi-python', '--port', '8000']);
  expect(podOf('web-again').container.command).toEqual([runner, '--type', 'python', '--port', '8000', 'extra']);
  expect(podOf('web').env).toMatchObject({
    CONTRACT_PROCESS: '/usr/bin/uwsgi',
    CONTRACT_PROCESS_DIRECTORY: `${podOf('web').env['HOME'] ?? ''}/www/python/src`,
    CONTRACT_PROGRAMS: 'python3 python3.11',
  });
  const laid = JSON.parse(podOf('prepare').env['CONTRACT_FILES'] ?? '') as object;
  expect(Object.keys(laid)).toEqual(['www/python/src/app.py', 'www/python/uwsgi.ini']);
});
