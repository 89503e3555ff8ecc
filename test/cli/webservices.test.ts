import type { V1Deployment, V1Pod } from '@kubernetes/client-node';
import { type Outdated, outdatedOf, restartInWaves, type WebserviceApi } from '../../cli/webservices';

const digest = (of: string): string => `sha256:${of.repeat(64)}`;
const IMAGE = 'registry.test/toolforge-python311-sssd-web:latest';
const labels = (name: string) => ({ toolforge: 'tool', name });

function deployment(name: string, image = IMAGE): V1Deployment {
  const metadata = { name, namespace: `tool-${name}`, generation: 2 };
  return {
    metadata,
    spec: {
      replicas: 1,
      selector: { matchLabels: labels(name) },
      template: { spec: { containers: [{ name: 'webservice', image }] } },
    },
  };
}

function pod(name: string, of: string, { phase = 'Running', leaves = false } = {}): V1Pod {
  const imageID = `registry.test/toolforge-python311-sssd-web@${digest(of)}`;
  return {
    metadata: { namespace: `tool-${name}`, labels: labels(name), ...(leaves && { deletionTimestamp: new Date(0) }) },
    status: {
      phase,
      containerStatuses: [{ name: 'webservice', image: IMAGE, imageID, ready: true, restartCount: 0 }],
    },
  };
}

describe('what runs an older image', () => {
  const found = (deployments: readonly V1Deployment[], pods: readonly V1Pod[]) =>
    outdatedOf(
      { deployments: () => Promise.resolve(deployments), pods: () => Promise.resolve(pods) },
      new Map([[IMAGE, digest('b')]]),
    );

  test('is what a pod runs, not what the Deployment names', async () => {
    const { outdated, others } = await found([deployment('old'), deployment('new')], [pod('old', 'a'), pod('new', 'b')]);
    expect(outdated).toEqual([{ namespace: 'tool-old', name: 'old', image: IMAGE, runs: [digest('a')], now: digest('b') }]);
    expect(others).toBe(1);
  });

  test('one pod of two is enough; one that leaves, or does not run, is none', async () => {
    expect((await found([deployment('x')], [pod('x', 'b'), pod('x', 'a')])).outdated).toHaveLength(1);
    expect((await found([deployment('x')], [pod('x', 'b'), pod('x', 'a', { leaves: true })])).outdated).toEqual([]);
    expect((await found([deployment('x')], [pod('x', 'a', { phase: 'Pending' })])).outdated).toEqual([]);
  });

  test('another image, and another tool of the same name of a pod, are not looked at', async () => {
    expect(await found([deployment('x', 'registry.test/other:latest')], [pod('x', 'a')])).toEqual({ outdated: [], others: 0 });
    expect((await found([deployment('x')], [pod('y', 'a')])).outdated).toEqual([]);
  });
});

describe('restarts', () => {
  const all: readonly Outdated[] = ['a', 'b', 'c', 'd', 'e'].map((name) => ({
    ...{ namespace: `tool-${name}`, name, image: IMAGE },
    ...{ runs: [digest('a')], now: digest('b') },
  }));

  /** @param stuck - those that never get ready */
  async function restarted(wave: number, stuck: readonly string[] = []) {
    const [patched, told, pauses]: [string[], string[], number[]] = [[], [], []];
    const api: Pick<WebserviceApi, 'deployment' | 'patch'> = {
      patch: ({ name }, body) => {
        patched.push(name);
        expect(body).toEqual({
          spec: { template: { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': '1970-01-01T00:00:00.000Z' } } } },
        });
        return Promise.resolve();
      },
      deployment: ({ name }) => {
        // Ready a second after it was asked for the first time.
        const isDone = !stuck.includes(name) && pauses.length % 2 === 0;
        const status = isDone
          ? { observedGeneration: 2, replicas: 1, updatedReplicas: 1, availableReplicas: 1 }
          : { observedGeneration: 2, replicas: 2, updatedReplicas: 1, availableReplicas: 1 };
        const conditions = [{ type: 'Progressing', status: 'False', message: `${name} is stuck.` }];
        const found = deployment(name);
        found.status = { ...status, ...(stuck.includes(name) && { conditions }) };
        return Promise.resolve(found);
      },
    };
    const pause = (): Promise<void> => {
      pauses.push(1);
      return Promise.resolve();
    };
    const tell = (line: string): void => {
      told.push(line);
    };
    const error = await restartInWaves(api, all, { wave, tell, pause, clock: () => new Date(0) }).catch(
      (reason: unknown) => (reason as Error).message,
    );
    return { patched, told, error, pauses: pauses.length };
  }

  test('each wave begins when all of the one before are ready', async () => {
    const { patched, told, error, pauses } = await restarted(2);
    expect(patched).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(told).toEqual([
      'wave 1 of 3: tool-a/a, tool-b/b',
      'wave 2 of 3: tool-c/c, tool-d/d',
      'wave 3 of 3: tool-e/e',
      '5 webservices restarted, all ready',
    ]);
    expect([error, pauses]).toEqual([undefined, 6]);
  });

  test('the first wave of which one does not get ready is the last, and is named', async () => {
    const { patched, error, pauses } = await restarted(2, ['d']);
    expect(patched).toEqual(['a', 'b', 'c', 'd']);
    expect(error).toBe(
      'not ready after 300 s: tool-d/d (d is stuck.). Nothing more is restarted: 1 webservices run what they ran. ' +
        'Look at it with: kubectl --namespace <namespace> describe pods; to go back: csb rollback',
    );
    expect(pauses).toBe(302);
  });
});
