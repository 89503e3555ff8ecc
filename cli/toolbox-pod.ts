import type { V1Pod } from '@kubernetes/client-node';
import { PromotionAccess } from '../lib/registry/promotion-access';
import { Registry } from '../lib/registry/registry';
import { registryAccess } from '../lib/registry/registry-access';
import type { Settings } from '../lib/settings/settings';
import { literally } from '../lib/synth/container-text';
import { egressLabels } from '../lib/tekton/egress';
import { renderEnvironment } from '../lib/tekton/environment';
import { script } from '../lib/tekton/script';
import { securityContextOf } from '../lib/tekton/step';
import { renderVolume } from '../lib/tekton/volume';

/** What is run in the toolbox. */
export interface ToolboxWork {
  /** A DNS label, the beginning of the pod's name. */
  readonly name: string;
  /** For bash. What it prints on standard output is the answer, what it says on standard error is shown meanwhile. */
  readonly script: string;
  readonly variables: Readonly<Record<string, string>>;
  /**
   * What it calls. One that calls the registry has what a step has that does: credentials and authority of the settings. One that promotes has
   * the service account and the token of promotions as well, in /api.
   */
  readonly asks: 'mirror' | 'registry' | 'promotion';
}

// Long enough for a slow mirror; a pod that nobody waits for any more ends.
const SECONDS = 1800;

/** The pod in which it runs, as Pod Security's level `restricted` wants it. */
export function toolboxPod({ namespace, toolbox, registry }: Settings, work: ToolboxWork): V1Pod {
  const { pullSecret } = registry;
  const { volumes, mounts, env } = accessOf(work, registry);
  const promotes = work.asks === 'promotion';
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    // Where network policies are enforced, pods of this namespace reach only what they say that they call.
    metadata: {
      name: `${work.name}-${process.pid}-${Date.now()}`,
      namespace,
      labels: { ...egressLabels(promotes ? ['registry', 'api'] : [work.asks]) },
    },
    spec: {
      restartPolicy: 'Never',
      activeDeadlineSeconds: SECONDS,
      automountServiceAccountToken: false,
      ...(promotes && { serviceAccountName: PromotionAccess.account }),
      ...(pullSecret !== undefined && { imagePullSecrets: [{ name: pullSecret }] }),
      containers: [
        {
          name: 'toolbox',
          image: toolbox,
          command: ['bash', '-c', script(__dirname, 'answer.sh'), 'toolbox', work.script].map(literally),
          env: renderEnvironment({ HOME: '/tmp', ...env, ...work.variables }) as { name: string }[],
          volumeMounts: Object.entries(mounts).map(([name, mountPath]) => ({ name, mountPath, readOnly: true })),
          securityContext: securityContextOf('nobody'),
        },
      ],
      volumes: Object.entries(volumes).map((each) => renderVolume(each) as { name: string }),
    },
  };
}

function accessOf({ asks }: ToolboxWork, registry: Settings['registry']) {
  if (asks === 'mirror') return { volumes: {}, mounts: {}, env: {} };
  const access = registryAccess(new Registry(registry));
  if (asks === 'registry') return access;
  return {
    ...access,
    volumes: { ...access.volumes, api: { kind: 'api-token' } as const },
    mounts: { ...access.mounts, api: '/api' },
  };
}

/** A pod's log: the lines that a script has said, and its answer, once it is there. */
export interface Said {
  readonly lines: readonly string[];
  readonly answer: string | undefined;
}

/** Reads what answer.sh prints, or has printed so far. A line that is not whole yet is left out. */
export function readLog(log: string): Said {
  const begins = /^the answer: (\d+)\n/m.exec(log);
  const said = begins === null ? log.slice(0, log.lastIndexOf('\n') + 1) : log.slice(0, begins.index);
  const lines = said.split('\n').slice(0, -1);
  const answer = begins === null ? '' : log.slice(begins.index + begins[0].length);
  const isWhole = begins !== null && Buffer.byteLength(answer) === Number(begins[1]);
  return { lines, answer: isWhole ? answer : undefined };
}
