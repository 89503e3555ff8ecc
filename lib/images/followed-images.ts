import { ApiObject, Duration, Lazy, Size } from 'cdk8s';
import { ApiResource, ConfigMap, type IRole, Role, RoleBinding, ServiceAccount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { IBuilder } from '../buildpacks/builder/builder';
import { CNB_USER } from '../buildpacks/build-user';
import type { IStack } from '../buildpacks/stack/stack';
import type { Address } from '../registry/address';
import { withPullSecret } from '../registry/registry-authority';
import { type CronSchedule, scheduleProblems } from '../toolforge/cron-schedule';
import type { Tool } from '../toolforge/tool';
import { egressLabels } from '../tekton/egress';
import { PipelineRun, runTemplate, TEMPLATE_LABEL } from '../tekton/pipeline-run';
import { unprivileged } from '../tekton/step';
import { renderVolume } from '../tekton/volume';
import { descriptorOf, laidOf } from './descriptor';
import { toolImageMaking } from './image-address';
import { toolImageProblems } from './image-problems';
import { IMAGE_SCRIPTS } from './image-scripts';
import type { Part } from './part';
import { FollowedImage } from './followed-image';
import { followedRebase } from './followed-rebase';
import { PlatformImage } from './platform-image';
import { claimPublicName } from './public-names';
import type { ToolImagePipeline } from './tool-image-pipeline';
import { branchProblems, type GitBranch } from './tool-source';

/** What follows branches, how often, and what builds their commits. */
export interface FollowedImagesProps {
  /** What builds and publishes the images. */
  readonly pipeline: ToolImagePipeline;
  /** When branches are looked at. @default - every five minutes */
  readonly schedule?: CronSchedule;
}

/** Whose image, from which branch, by which builder. */
export interface FollowedImageProps {
  readonly tool: Tool;
  readonly builder: IBuilder;
  /** On whose run image its layers are put: the builder's, or one on that. @default - the builder's */
  readonly stack?: IStack;
  readonly source: GitBranch;
  /** What the application needs of the platform, beside its run image or in it. @default - none */
  readonly parts?: readonly Part[];
}

/** Where only the commit tells; lib/images/steps/run.jq fills it in. */
const COMMIT = '@';

/**
 * Tools' images that follow a branch: push-to-deploy. A CronJob asks each repository which commit the branch has, and orders the run for it, of what
 * is declared here; nobody calls the cluster, and no repository holds a secret of it.
 *
 * A run is named by the commit and by all that is declared of the image, so that another builder, pipeline or run image is another run of the same
 * commit. One run of an image goes at a time, and twenty of all. One that failed is repeated after a quarter of an hour, an hour, then every six.
 *
 * When a stack has another run image, one run puts all images on it there, at the commits that they have; what is ordered then finds them. Before
 * the platform images on that stack have passed their contract with it, nothing of it is known here.
 *
 * Its service account may make, list and delete runs in the namespace of the builds. Whoever has its token can have all that runs there can hold, the
 * registry's credentials among it. One container has it, of the toolbox; it speaks with the API server alone, and all that it knows of repositories is a hash
 * that another container, without the token, has read.
 *
 * @example
 * ```ts
 * const followed = new FollowedImages(this, 'followed', { pipeline: toolImages });
 * followed.add('api', {
 *   tool: toolOf('tools', { name: 'my-tool', uid: 53123 }),
 *   builder,
 *   source: { url: 'https://gitlab.wikimedia.org/toolforge-repos/my-tool', branch: 'main' },
 *   parts: [pythonPart.with({ version: '3.11' })],
 * });
 * ```
 */
export class FollowedImages extends Construct {
  /** What is declared of the images on a stack, by its name. */
  private readonly declared = new Map<string, ConfigMap>();
  private readonly rebase: ReturnType<typeof followedRebase>;
  private readonly cronJob: ApiObject;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: FollowedImagesProps,
  ) {
    super(scope, id);
    const { pipeline, schedule = '*/5 * * * *' } = props;
    const metadata = { name: 'follow', namespace: pipeline.namespace };
    // The one container mounts a token of its own.
    const serviceAccount = new ServiceAccount(this, 'service-account', { metadata, automountToken: false });
    withPullSecret(serviceAccount, pipeline.registry);
    const runs = ApiResource.custom({ apiGroup: 'tekton.dev', resourceType: 'pipelineruns' });
    const role = new Role(this, 'role', { metadata, rules: [{ verbs: ['create', 'list', 'delete'], resources: [runs] }] });
    // cdk8s-plus is compiled without exactOptionalPropertyTypes: to TypeScript, its own Role is no IRole.
    const binding = new RoleBinding(this, 'binding', { metadata, role: role as IRole });
    binding.addSubjects(serviceAccount);
    const { look, follow, run } = IMAGE_SCRIPTS;
    const data = { 'look.sh': look, 'follow.sh': follow, 'run.jq': run };
    const scripts = new ConfigMap(this, 'scripts', { metadata, data });
    this.rebase = followedRebase(this, pipeline);
    this.cronJob = new ApiObject(this, 'cron-job', {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata,
      spec: {
        schedule,
        // Said, so that who has held it and lets it go leaves nothing that differs.
        suspend: false,
        concurrencyPolicy: 'Forbid',
        startingDeadlineSeconds: 60,
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: 1,
        jobTemplate: {
          spec: {
            backoffLimit: 0,
            activeDeadlineSeconds: Duration.minutes(10).toSeconds(),
            template: {
              metadata: { labels: egressLabels(['api', 'sources']) },
              spec: {
                serviceAccountName: serviceAccount.name,
                automountServiceAccountToken: false,
                restartPolicy: 'Never',
                initContainers: [this.container('look', {}, ['scripts', 'followed'], ['heads'])],
                containers: [
                  this.container('follow', { NAMESPACE: pipeline.namespace, LABEL: TEMPLATE_LABEL }, [
                    'scripts',
                    'followed',
                    'heads',
                    'api',
                  ]),
                ],
                volumes: [
                  renderVolume(['api', { kind: 'api-token' }]),
                  renderVolume(['scripts', { kind: 'config-map', configMapName: scripts.name }]),
                  renderVolume(['heads', { kind: 'scratch', sizeLimit: Size.mebibytes(16) }]),
                  { name: 'followed', projected: { sources: Lazy.any({ produce: () => this.sources() }) as unknown } },
                ],
              },
            },
          },
        },
      },
    });
    this.cronJob.node.addDependency(binding, scripts);
    this.node.addValidation({ validate: () => scheduleProblems(schedule).map((each) => `${this.node.path}: ${each}`) });
  }

  /**
   * Follows a branch.
   *
   * @param id - the name of the image
   */
  add(id: string, { tool, builder, source, parts = [], stack = builder.stack }: FollowedImageProps): FollowedImage {
    const { pipeline } = this.props;
    const { registry } = pipeline;
    const followed = new FollowedImage(this, `${tool.name}.${id}`, { tool, image: id, stack, registry });
    const { repository } = followed;
    const name = `${tool.name}-${id}`;
    const descriptor = laidOf(parts).length === 0 ? '' : descriptorOf(name, parts);
    const { folder = '', url, branch } = source;
    const run = pipeline.run({
      ...{ source: { url, commit: COMMIT, folder }, descriptor, builder, stack, repository, address: COMMIT as Address },
    });
    const made = toolImageMaking(folder, descriptor, parts, builder, stack);
    const template = runTemplate(followed.node.id, `${name}-${COMMIT}`, run);
    const declared = this.on(stack);
    declared.addData(followed.node.id, `${JSON.stringify({ url, branch, made, run: template.manifest }, null, 2)}\n`);
    // What is declared is ordered at once: so it waits for all that a run needs.
    declared.node.addDependency(builder.image, ...template.needs);
    const doubled = claimPublicName(followed, followed.public);
    followed.node.addValidation({
      validate: () =>
        [
          ...branchProblems(source, !registry.tls),
          ...toolImageProblems(name, parts, builder, stack),
          ...lengthProblems(name),
          ...template.problems,
          ...doubled(),
        ].map((problem) => `${followed.node.path}: ${problem}`),
    });
    return followed;
  }

  /** What is declared of the images on a stack; the first of them has all of them rebased when its run image is another one. */
  private on(stack: IStack): ConfigMap {
    const { name, runImage } = stack;
    const known = this.declared.get(name);
    if (known !== undefined) return known;
    const { namespace, publisher } = this.props.pipeline;
    const declared = new ConfigMap(this, name, { metadata: { name: `followed-${name}`, namespace } });
    // Nothing of a tool's stands on what has broken an image of the platform.
    const tried = PlatformImage.on(stack);
    declared.node.addDependency(runImage, ...tried);
    this.node.addValidation({
      validate: () =>
        PlatformImage.on(stack)
          .filter((each) => !tried.includes(each))
          .map(
            (each) =>
              `${this.node.path}: ${each.node.path} is declared after the first image that follows a branch on its stack, ${name}; declare it before`,
          ),
    });
    const rebase = new PipelineRun(this, `rebase-${name}`, {
      ...{ name: `${name}-followed`, pipeline: this.rebase, serviceAccount: publisher },
      params: { 'run-image': runImage.reference },
      workspaces: { followed: { configMap: declared.name } },
      timeout: Duration.hours(1),
    });
    rebase.node.addDependency(declared);
    this.cronJob.node.addDependency(declared);
    this.declared.set(name, declared);
    return declared;
  }

  private sources(): object[] {
    return [...this.declared.values()].map(({ name }) => ({ configMap: { name } }));
  }

  /** Of the toolbox, with a script of its name. */
  private container(
    name: string,
    env: Readonly<Record<string, string>>,
    reads: readonly string[],
    writes: readonly string[] = [],
  ): object {
    return {
      name,
      image: this.props.pipeline.toolbox,
      command: ['bash', `/scripts/${name}.sh`],
      env: Object.entries({ HOME: '/tmp', ...env }).map(([variable, value]) => ({ name: variable, value })),
      resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '256Mi' } },
      securityContext: unprivileged(CNB_USER.uid),
      volumeMounts: [
        ...reads.map((volume) => ({ name: volume, mountPath: `/${volume}`, readOnly: true })),
        ...writes.map((volume) => ({ name: volume, mountPath: `/${volume}` })),
      ],
    };
  }
}

/** The names of pods and labels of a run have 63 characters; ten of the commit, ten of a hash and an attempt are in them. */
function lengthProblems(name: string): string[] {
  const most = 63 - '-0123456789-0123456789-99'.length;
  return name.length <= most
    ? []
    : [
        `its name with that of its tool is '${name}', ${name.length} characters; at most ${most} leave room for what its runs are called`,
      ];
}
