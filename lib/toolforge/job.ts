import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { literally } from '../synth/container-text';
import { type CronSchedule, scheduleProblems } from './cron-schedule';
import { jobResources, limitProblems, wholeNumberFrom1 } from './job-resources';
import { securityOf } from './pod-security';
import { type MountsBy, type MountStorage, STORAGE_LABEL, type ToolPodTemplate, withStorage } from './pod-storage';
import type { Tool } from './tool';
import { type IToolNamespace, toolBehind } from './tool-namespace';

/** When a job runs. */
export type JobRuns =
  | {
      readonly kind: 'one-off';
      /** How often it is tried again after it failed, 0 to 5. @default 0 */
      readonly retries?: number;
    }
  | {
      readonly kind: 'scheduled';
      /** As cron writes it, in UTC: `17 3 * * *`. */
      readonly schedule: CronSchedule;
      /** How often one run is tried again after it failed, 0 to 5. @default 0 */
      readonly retries?: number;
    }
  | {
      readonly kind: 'continuous';
      /** @default 1 */
      readonly replicas?: number;
    };

/** What a job mounts, and where its output goes: files need the tool's home. jobs-api itself refuses `none` for images of the platform. */
export type JobStorage =
  | {
      readonly mount: 'all';
      /** `files`: appended to ~/<job>.out and ~/<job>.err; `pod`: the log of the pod. @default 'files' */
      readonly output?: 'files' | 'pod';
    }
  | { readonly mount: 'none'; readonly output?: 'pod' };

/** What a job runs, for whom, and when. */
export interface JobProps {
  /** The tool, or its namespace, which is then made before. */
  readonly tool: Tool | IToolNamespace;
  /** The job's name, and the names of its files of output. @default - the construct's id */
  readonly name?: string;
  readonly runs: JobRuns;
  /** What is run, as one line of the image's shell. */
  readonly command: string;
  /** The image as pods are to name it: a public tag, which moves. */
  readonly image: string;
  readonly mountsBy: MountsBy;
  /** @default - all mounts, output into files */
  readonly storage?: JobStorage;
  /** The limit of memory in Mi; half of it is requested, from 512 on. @default 512 */
  readonly memory?: number;
  /** The limit of processor time in thousandths of a core. @default - 1000, of which 100 are requested */
  readonly cpu?: number;
}

// Kubernetes appends up to eleven characters to the name of a CronJob.
const LONGEST_NAME = 52;
const MOST_RETRIES = 5;

const COMPONENT = { 'one-off': 'jobs', scheduled: 'cronjobs', continuous: 'deployments' } as const;

/**
 * What `toolforge jobs run` makes for a tool with an image of the platform: a Job, a CronJob or a Deployment.
 *
 * A one-off Job is gone from the cluster 30 seconds after its end, as jobs-api wants it: declare one for what is to happen once.
 *
 * @example
 * ```ts
 * new Job(this, 'count', {
 *   tool,
 *   image: image.public,
 *   mountsBy: 'admission',
 *   command: './count.sh',
 *   runs: { kind: 'scheduled', schedule: '17 3 * * *' },
 * });
 * ```
 *
 * Synthesis refuses a name, a schedule, retries, replicas and resources that cannot be, all at once.
 *
 * @see facts of Toolforge, B.1 and B.7
 */
export class Job extends Construct {
  readonly name: string;
  /** Where its output is to be read, as the tool sees it; undefined when it is in the pod's log. */
  readonly files: { readonly stdout: string; readonly stderr: string } | undefined;

  constructor(scope: Construct, id: string, props: JobProps) {
    super(scope, id);
    const tool = toolBehind(this, props.tool);
    const { runs, storage = { mount: 'all' } } = props;
    this.name = props.name ?? id;
    const problems = jobProblems(this.name, props);
    this.node.addValidation({ validate: () => problems.map((each) => `${this.node.path}: ${each}`) });
    const path = `${tool.home}/${this.name}`;
    const toFiles = storage.mount === 'all' && storage.output !== 'pod';
    this.files = toFiles ? { stdout: `${path}.out`, stderr: `${path}.err` } : undefined;

    const labels = {
      toolforge: 'tool',
      'app.kubernetes.io/managed-by': 'toolforge-jobs-framework',
      'app.kubernetes.io/created-by': tool.name,
      'app.kubernetes.io/version': '2',
      'app.kubernetes.io/component': COMPONENT[runs.kind],
      'app.kubernetes.io/name': this.name,
      ...(toFiles && { 'jobs.toolforge.org/filelog': 'yes' }),
      'jobs.toolforge.org/emails': 'none',
      [STORAGE_LABEL]: storage.mount,
    };
    const metadata = { name: this.name, namespace: tool.namespace, labels };
    const template = this.template(tool, props, labels, storage.mount);

    switch (runs.kind) {
      case 'one-off':
        new ApiObject(this, 'Resource', { apiVersion: 'batch/v1', kind: 'Job', metadata, spec: jobSpec(template, runs) });
        break;
      case 'scheduled': {
        const { schedule } = runs;
        new ApiObject(this, 'Resource', {
          apiVersion: 'batch/v1',
          kind: 'CronJob',
          metadata: { ...metadata, annotations: { 'jobs.toolforge.org/cron-expression': schedule } },
          spec: {
            schedule,
            successfulJobsHistoryLimit: 0,
            failedJobsHistoryLimit: 0,
            concurrencyPolicy: 'Forbid',
            startingDeadlineSeconds: 30,
            jobTemplate: { spec: jobSpec(template, runs) },
          },
        });
        break;
      }
      case 'continuous': {
        const { replicas = 1 } = runs;
        new ApiObject(this, 'Resource', {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata,
          spec: {
            replicas,
            selector: { matchLabels: labels },
            // Two of a job that is meant to run once could undo each other's work.
            ...(replicas === 1 && { strategy: { type: 'Recreate' } }),
            template,
          },
        });
      }
    }
  }

  private template(tool: Tool, props: JobProps, labels: Readonly<Record<string, string>>, mount: MountStorage): ToolPodTemplate {
    const security = securityOf(tool);
    const redirect = this.files ? `exec 1>>${this.files.stdout};exec 2>>${this.files.stderr};` : '';
    const template: ToolPodTemplate = {
      metadata: { labels },
      spec: {
        restartPolicy: props.runs.kind === 'continuous' ? 'Always' : 'Never',
        terminationGracePeriodSeconds: 15,
        // A tool's credentials for the API are in its home.
        automountServiceAccountToken: false,
        securityContext: security.pod,
        containers: [
          {
            name: 'job',
            image: props.image,
            imagePullPolicy: 'Always',
            command: ['/bin/sh', '-c', '--', literally(`${redirect}${props.command}`)],
            // Without mounts it is an empty directory that the runtime makes, as root: the image decides.
            ...(mount === 'all' && { workingDir: tool.home }),
            resources: jobResources(props),
            securityContext: security.container,
          },
        ],
      },
    };
    return withStorage(template, { tool, mount, mountsBy: props.mountsBy });
  }
}

function jobSpec(template: ToolPodTemplate, { retries = 0 }: { readonly retries?: number }): object {
  return { template, ttlSecondsAfterFinished: 30, backoffLimit: retries };
}

/** What types cannot see of a job. */
function jobProblems(name: string, { runs, command, ...limits }: JobProps): string[] {
  const isName = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name) && name.length <= LONGEST_NAME;
  return [
    ...(isName
      ? []
      : [
          `'${name}' cannot be a job's name: expected are at most ${LONGEST_NAME} lower-case letters, digits and -. Give it another one`,
        ]),
    ...(command.trim() === '' ? ['the command is empty: expected is a line for the shell of the image'] : []),
    ...(runs.kind === 'continuous' ? wholeNumberFrom1('replicas', runs.replicas ?? 1) : retryProblems(runs.retries ?? 0)),
    ...(runs.kind === 'scheduled' ? scheduleProblems(runs.schedule) : []),
    ...limitProblems(limits),
  ];
}

function retryProblems(retries: number): string[] {
  if (Number.isInteger(retries) && retries >= 0 && retries <= MOST_RETRIES) return [];
  return [`retries is ${retries}: expected is a whole number from 0 to ${MOST_RETRIES}`];
}
