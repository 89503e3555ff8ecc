import { ApiObject, Duration } from 'cdk8s';
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
import { followedRebase } from './followed-rebase';
import { PlatformImage } from './platform-image';
import { claimPublicName } from './public-names';
import { TOOL_TAG, type ToolImagePipeline, toolRepository } from './tool-image-pipeline';
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

/** A tool's image of whichever commit a branch has. */
export interface IFollowedImage {
  readonly tool: Tool;
  /** The tag by which it is used, which moves: `<registry>/tool-<name>/<id>:latest`. */
  readonly public: string;
}

/** Where only the commit tells; lib/images/steps/run.jq fills it in. */
const COMMIT = '@';

/**
 * Tools' images that follow a branch: push-to-deploy. A CronJob asks each repository which commit the branch has, and makes the run for it, of what
 * is declared here; nobody calls the cluster, and no repository holds a secret of it.
 *
 * A run is named by the commit and by all that decides the layers beside it. One run of an image goes at a time. What fails is not tried again before
 * something changes.
 *
 * Another run image of a stack is no other run of each: one run puts all images that are declared on it there, at the commits that they have, after
 * the platform images on that stack have passed their contract with it.
 *
 * Its service account may make, read and delete runs in the namespace of the builds, and so order any build there: the one container that has its
 * token runs a script of the toolbox, and of repositories it reads no content.
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
  private readonly images: ConfigMap;
  private readonly rebase: ReturnType<typeof followedRebase>;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: FollowedImagesProps,
  ) {
    super(scope, id);
    const { pipeline, schedule = '*/5 * * * *' } = props;
    const { namespace, toolbox } = pipeline;
    const metadata = { name: 'follow', namespace };
    // The one container mounts a token of its own.
    const serviceAccount = new ServiceAccount(this, 'service-account', { metadata, automountToken: false });
    withPullSecret(serviceAccount, pipeline.registry);
    const runs = ApiResource.custom({ apiGroup: 'tekton.dev', resourceType: 'pipelineruns' });
    const role = new Role(this, 'role', { metadata, rules: [{ verbs: ['create', 'list', 'delete'], resources: [runs] }] });
    // cdk8s-plus is compiled without exactOptionalPropertyTypes: to TypeScript, its own Role is no IRole.
    const binding = new RoleBinding(this, 'binding', { metadata, role: role as IRole });
    binding.addSubjects(serviceAccount);
    const { follow, run } = IMAGE_SCRIPTS;
    const scripts = new ConfigMap(this, 'scripts', {
      metadata: { name: 'follow', namespace },
      data: { 'follow.sh': follow, 'run.jq': run },
    });
    this.images = new ConfigMap(this, 'images', { metadata: { name: 'followed-images', namespace } });
    this.rebase = followedRebase(this, pipeline, this.images);
    const pod = {
      serviceAccountName: serviceAccount.name,
      automountServiceAccountToken: false,
      restartPolicy: 'Never',
      containers: [
        {
          name: 'follow',
          image: toolbox,
          command: ['bash', '/scripts/follow.sh'],
          env: [
            { name: 'HOME', value: '/tmp' },
            { name: 'NAMESPACE', value: namespace },
            { name: 'LABEL', value: TEMPLATE_LABEL },
          ],
          resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '128Mi' } },
          securityContext: unprivileged(CNB_USER.uid),
          volumeMounts: [
            { name: 'api', mountPath: '/api', readOnly: true },
            { name: 'scripts', mountPath: '/scripts', readOnly: true },
            { name: 'followed', mountPath: '/followed', readOnly: true },
          ],
        },
      ],
      volumes: [
        renderVolume(['api', { kind: 'api-token' }]),
        renderVolume(['scripts', { kind: 'config-map', configMapName: scripts.name }]),
        renderVolume(['followed', { kind: 'config-map', configMapName: this.images.name }]),
      ],
    };
    const cronJob = new ApiObject(this, 'cron-job', {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata,
      spec: {
        schedule,
        // One after the other, and each ends before the next: what one has not seen, the next sees.
        concurrencyPolicy: 'Forbid',
        startingDeadlineSeconds: 60,
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: 1,
        jobTemplate: {
          spec: {
            backoffLimit: 0,
            activeDeadlineSeconds: Duration.minutes(10).toSeconds(),
            template: { metadata: { labels: egressLabels(['api', 'sources']) }, spec: pod },
          },
        },
      },
    });
    cronJob.node.addDependency(binding, scripts, this.images);
    this.node.addValidation({ validate: () => scheduleProblems(schedule).map((each) => `${this.node.path}: ${each}`) });
  }

  /**
   * Follows a branch.
   *
   * @param id - the name of the image
   */
  add(id: string, { tool, builder, source, parts = [], stack = builder.stack }: FollowedImageProps): IFollowedImage {
    const { pipeline } = this.props;
    const at = new Construct(this, `${tool.name}.${id}`);
    const name = `${tool.name}-${id}`;
    const descriptor = laidOf(parts).length === 0 ? '' : descriptorOf(name, parts);
    const repository = toolRepository(at, pipeline.registry, tool, id);
    const { folder = '', url, branch } = source;
    const run = pipeline.run({
      ...{ source: { url, commit: COMMIT, folder }, descriptor, builder, stack, repository, address: COMMIT as Address },
    });
    const made = toolImageMaking(folder, descriptor, parts, builder, stack);
    const template = runTemplate(at.node.id, `${name}-${COMMIT}-${made.slice(0, 10)}`, run);
    this.images.addData(at.node.id, `${JSON.stringify({ url, branch, made, run: template.manifest }, null, 2)}\n`);
    // What is declared is what is done, at once: so it waits for all that a run needs.
    this.images.node.addDependency(builder.image, stack.runImage, ...template.needs);
    this.follows(stack);
    const used = repository.tagged(TOOL_TAG);
    const doubled = claimPublicName(at, used);
    at.node.addValidation({
      validate: () =>
        [
          ...branchProblems(source, !pipeline.registry.tls),
          ...toolImageProblems(name, parts, builder, stack),
          ...template.problems,
          ...doubled(),
        ].map((problem) => `${at.node.path}: ${problem}`),
    });
    return { tool, public: used };
  }
  /** Once for each stack: its images follow it, too. */
  private follows({ name, node, runImage }: IStack): void {
    const id = `rebase-${name}`;
    if (this.node.tryFindChild(id) !== undefined) return;
    const run = new PipelineRun(this, id, {
      ...{ name: `${name}-followed`, pipeline: this.rebase, serviceAccount: this.props.pipeline.publisher },
      params: { 'run-image': runImage.reference },
      timeout: Duration.hours(1),
    });
    // Nothing of a tool's stands on what has broken an image of the platform.
    const tried = PlatformImage.allOf(node.root).filter(({ stack }) => stack.node === node);
    run.node.addDependency(this.images, runImage, ...tried);
  }
}
