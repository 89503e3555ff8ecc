/** What `csb` runs in the cluster: the pod, the script around the script, and how the answer comes back. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { V1Pod } from '@kubernetes/client-node';
import { answerOf, type PodApi } from '../../cli/toolbox';
import { readLog, toolboxPod, type ToolboxWork } from '../../cli/toolbox-pod';
import { capabilities, nonRoot, seccomp } from '../../lib/policy/pod-policies';
import { readSettings, type Settings } from '../../lib/settings/settings';
import type { SynthesizedObject } from '../../lib/synth/synthesized';

const local = readSettings(join(__dirname, '../..'), 'local');
const registry = { host: 'registry.test', pushSecret: 'push', pullSecret: 'pull', certificateAuthority: 'PEM' };
const settings: Settings = { ...local, registry: { ...registry, plainHttp: false } };
const work: ToolboxWork = { name: 'ask', script: 'echo "costs $$(HOME)"', variables: { WORDS: '$(HOME)' }, asks: 'registry' };
const containerOf = ({ spec }: V1Pod) => spec?.containers[0] ?? { name: 'none' };

describe('the pod', () => {
  const pod = toolboxPod(settings, work);

  test('that asks a registry has its credentials and its authority, as steps have that ask', () => {
    expect(pod.spec?.volumes).toEqual([
      { name: 'credentials', secret: { secretName: 'push', items: [{ key: '.dockerconfigjson', path: 'config.json' }] } },
      { name: 'authority', configMap: { name: expect.stringMatching(/^registry-authority-[0-9a-f]{10}$/) as string } },
    ]);
    expect(containerOf(pod).env).toEqual(
      expect.arrayContaining([
        { name: 'REGISTRY_AUTH_FILE', value: '/credentials/config.json' },
        { name: 'REGISTRY_CA_FILE', value: '/registry-authority/ca.crt' },
      ]),
    );
    expect(containerOf(pod).volumeMounts?.map(({ mountPath }) => mountPath)).toEqual(['/credentials', '/registry-authority']);
    expect(pod.spec?.imagePullSecrets).toEqual([{ name: 'pull' }]);
  });

  test('that promotes has what promotions have as well: their service account, and its token', () => {
    const promoting = toolboxPod(settings, { ...work, asks: 'promotion' });
    expect(promoting.spec?.serviceAccountName).toBe('promotion');
    expect(promoting.spec?.volumes).toContainEqual(expect.objectContaining({ name: 'api' }));
    expect(containerOf(promoting).volumeMounts?.map(({ mountPath }) => mountPath)).toEqual([
      '/credentials',
      '/registry-authority',
      '/api',
    ]);
    expect(Object.keys(promoting.metadata?.labels ?? {}).map((each) => each.replace(/.*\//, ''))).toEqual(['api', 'registry']);
    expect([pod.spec?.serviceAccountName, pod.spec?.automountServiceAccountToken]).toEqual([undefined, false]);
  });

  test('that asks a mirror has neither, and may call nothing else', () => {
    const asking = toolboxPod(settings, { ...work, asks: 'mirror' });
    expect([asking.spec?.volumes, containerOf(asking).volumeMounts]).toEqual([[], []]);
    expect(Object.keys(asking.metadata?.labels ?? {})).toEqual([expect.stringMatching(/\/mirror$/)]);
  });

  test('may no more than Pod Security at its strictest level allows', () => {
    const object = { manifest: pod } as unknown as SynthesizedObject;
    for (const policy of [nonRoot, capabilities, seccomp]) expect(policy.check(object, { objects: [] })).toEqual([]);
  });

  test('is given its script and its variables so that they arrive as they are', () => {
    expect(containerOf(pod).command?.at(-1)).toBe('echo "costs $$$$(HOME)"');
    expect(containerOf(pod).env).toContainEqual({ name: 'WORDS', value: '$$(HOME)' });
  });
});

describe('the log', () => {
  const run = (script: string) => {
    const [program = '', ...words] = containerOf(toolboxPod(settings, { ...work, script: '' })).command ?? [];
    // What the kubelet makes of them.
    const arriving = words.slice(0, -1).map((word) => word.replaceAll('$$', '$'));
    return spawnSync(program, [...arriving, script], { encoding: 'utf8' });
  };

  test('has what is said, and then the answer, whole', () => {
    const { stdout, stderr } = run('echo reading >&2; echo "{"; echo more >&2; printf "}"');
    expect(stderr).toBe('');
    expect(readLog(stdout)).toEqual({ lines: ['reading', 'more'], answer: '{\n}' });
    expect(readLog(stdout.slice(0, -1))).toEqual({ lines: ['reading', 'more'], answer: undefined });
    expect(readLog('reading\nmo')).toEqual({ lines: ['reading'], answer: undefined });
  });

  test('of a script that fails has no answer', () => {
    const { stdout, status } = run('echo half; echo no such mirror >&2; exit 3');
    expect([readLog(stdout), status]).toEqual([{ lines: ['no such mirror'], answer: undefined }, 3]);
  });
});

describe('the answer', () => {
  /** A cluster in which the pod has these statuses and logs, one after the other; `deleted` says whether it is gone. */
  function cluster(...seen: readonly { readonly status: object; readonly log?: string; readonly event?: string }[]) {
    let at = -1;
    const state = { deleted: false };
    const api = {
      createNamespacedPod: () => Promise.resolve(),
      readNamespacedPod: () => Promise.resolve(seen[(at = Math.min(at + 1, seen.length - 1))]),
      readNamespacedPodLog: () => Promise.resolve(seen[at]?.log ?? ''),
      listNamespacedEvent: () => Promise.resolve({ items: [{ message: seen[at]?.event }] }),
      deleteNamespacedPod: () => Promise.resolve((state.deleted = true)),
    } as unknown as PodApi;
    return { api, state };
  }
  const told: string[] = [];
  const waiting = { tell: (line: string) => told.push(line), pause: () => Promise.resolve() };
  const pod = toolboxPod(settings, work);
  beforeEach(() => (told.length = 0));

  test('is that of the log when the pod has ended, and what is said is shown once', async () => {
    const { api, state } = cluster(
      { status: { phase: 'Pending' } },
      { status: { phase: 'Running' }, log: 'one\ntw' },
      { status: { phase: 'Succeeded' }, log: 'one\ntwo\nthe answer: 3\n42\n' },
    );
    expect(await answerOf(api, pod, waiting)).toBe('42');
    expect([told, state.deleted]).toEqual([['one', 'two'], true]);
  });

  test.each<[string, { status: object; log?: string; event?: string }, string]>([
    [
      'a script that failed',
      {
        status: { phase: 'Failed', containerStatuses: [{ state: { terminated: { exitCode: 3, reason: 'Error' } } }] },
        log: 'no such mirror\n',
      },
      'ended with 3:\n  no such mirror',
    ],
    ['an eviction', { status: { phase: 'Failed', reason: 'Evicted' } }, 'ended with Evicted:'],
    [
      'an image that is not there',
      {
        status: { phase: 'Pending', containerStatuses: [{ state: { waiting: { reason: 'ImagePullBackOff' } } }] },
        event: 'Failed to pull image: 401',
      },
      'does not start: Failed to pull image: 401',
    ],
    [
      'a Secret that is not there',
      { status: { phase: 'Pending' }, event: 'MountVolume.SetUp failed: secret "push" not found' },
      'does not start: MountVolume.SetUp failed: secret "push" not found',
    ],
    [
      'half a log',
      { status: { phase: 'Succeeded' }, log: 'the answer: 3\n4' },
      'has run, and its log cannot be read; try again: it is cut off',
    ],
  ])('is, after %s, why there is none', async (_, seen, message) => {
    const { api, state } = cluster(seen);
    await expect(answerOf(api, pod, waiting)).rejects.toThrow(message);
    expect(state.deleted).toBe(true);
  });

  /** What fails this often before it answers. */
  const failing = <T>(times: number, call: () => Promise<T>): (() => Promise<T>) => {
    let calls = 0;
    return () => ((calls += 1) <= times ? Promise.reject(new Error('the API server is away')) : call());
  };
  const SUCCEEDED = { status: { phase: 'Succeeded' }, log: 'one\nthe answer: 3\n42\n' };

  test('is not lost with some calls that fail, nor with a log that is whole only later', async () => {
    const { api, state } = cluster(SUCCEEDED);
    const halves = ['one\nthe answer: 3\n4', SUCCEEDED.log];
    const hiccups = {
      ...api,
      readNamespacedPod: failing(2, () => api.readNamespacedPod({ name: '', namespace: '' })),
      readNamespacedPodLog: failing(2, () => Promise.resolve(halves.shift() ?? '')),
      deleteNamespacedPod: failing(2, () => api.deleteNamespacedPod({ name: '', namespace: '' })),
    } as PodApi;
    expect(await answerOf(hiccups, pod, waiting)).toBe('42');
    expect([told, state.deleted]).toEqual([['one'], true]);
  });

  test('is given up when the log stays away, with the reason; so is the deletion', async () => {
    const away = failing(Infinity, () => Promise.resolve(''));
    const api = { ...cluster(SUCCEEDED).api, readNamespacedPodLog: away, deleteNamespacedPod: away } as unknown as PodApi;
    await expect(answerOf(api, pod, waiting)).rejects.toThrow('its log cannot be read; try again: the API server is away');
    expect(told).toEqual([expect.stringMatching(/^the pod ask-.* could not be deleted: the API server is away$/)]);
  });

  test('shows nothing twice when a log could not be read in between', async () => {
    const { api } = cluster({ status: { phase: 'Running' }, log: 'one\n' }, { status: { phase: 'Running' } }, SUCCEEDED);
    expect(await answerOf(api, pod, waiting)).toBe('42');
    expect(told).toEqual(['one']);
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('is not waited for after a %s, and the pod is gone', async (signal) => {
    const { api, state } = cluster({ status: { phase: 'Running' } });
    const before = process.listenerCount(signal);
    let heard = false;
    // As npm hands it on to who has it from the terminal, too: without a listener, the second would end the process.
    const pause = (): Promise<boolean> => {
      heard = process.emit(signal, signal) && process.emit(signal, signal);
      return Promise.resolve(heard);
    };
    await expect(answerOf(api, pod, { ...waiting, pause })).rejects.toThrow(`interrupted by ${signal}`);
    expect([heard, state.deleted, process.listenerCount(signal)]).toEqual([true, true, before]);

    const late = {
      ...cluster(SUCCEEDED).api,
      readNamespacedPodLog: () => (process.emit(signal, signal), Promise.resolve(SUCCEEDED.log)),
    };
    await expect(answerOf(late as PodApi, pod, waiting)).rejects.toThrow(`interrupted by ${signal}`);
  });
});
