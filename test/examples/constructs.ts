import { Duration, Size } from 'cdk8s';
/**
 * The examples of the docstrings in lib/, compiled and constructed. Each stands here word for word, below the name of its class, and
 * examples.test.ts holds that both agree.
 */
import { ServiceAccount } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { contractsOf } from '../../languages/contracts';
import { Base } from '../../lib/buildpacks/base/base';
import { BuildEgress } from '../../lib/buildpacks/build-egress';
import { BuildPipelines } from '../../lib/buildpacks/build-pipelines';
import { Builder } from '../../lib/buildpacks/builder/builder';
import { Runtime } from '../../lib/buildpacks/runtime/runtime';
import { Stack } from '../../lib/buildpacks/stack/stack';
import { PlatformImage } from '../../lib/images/platform-image';
import { PlatformImagePipeline } from '../../lib/images/platform-image-pipeline';
import { FollowedImages } from '../../lib/images/followed-images';
import { ToolImage } from '../../lib/images/tool-image';
import { ToolImagePipeline } from '../../lib/images/tool-image-pipeline';
import { addressOf } from '../../lib/registry/address';
import { ImportedImage } from '../../lib/registry/image';
import { ImagePipeline } from '../../lib/registry/image-pipeline';
import { PromotionAccess } from '../../lib/registry/promotion-access';
import { Registry } from '../../lib/registry/registry';
import { RegistryTasks } from '../../lib/registry/registry-tasks';
import type { Settings } from '../../lib/settings/settings';
import { EnvironmentChart } from '../../lib/synth/chart';
import { Pipeline } from '../../lib/tekton/pipeline';
import { PipelineRun } from '../../lib/tekton/pipeline-run';
import { Task } from '../../lib/tekton/task';
import { ContractAccess, contractTools } from '../../lib/toolforge/contract/contract-access';
import { ImageConfig } from '../../lib/toolforge/image-config';
import { Job } from '../../lib/toolforge/job';
import { toolOf } from '../../lib/toolforge/tool';
import { ToolNamespace } from '../../lib/toolforge/tool-namespace';
import { Webservice } from '../../lib/toolforge/webservice';
import { readLayerPlan } from '../../stacks/locks/read-layer-plan';
import { readLock } from '../../stacks/locks/read-lock';
import { lua } from '../toolforge/lua/language';
import { orderFor } from '../../languages/buildpacks';
import { Distro } from '../../languages/distro';
import { Family } from '../../languages/family';
import { languages } from '../../languages/languages';
import { pythonPart } from '../../languages/python/part';
import { python311Source } from '../../languages/python/sources';

const script = '#!/bin/bash\n';
const CONTRACTS = contractsOf([...languages, lua]);

/** Everything in one chart. */
export class Examples extends EnvironmentChart {
  constructor(scope: Construct, settings: Settings) {
    super(scope, 'examples', { namespace: 'platform-images' });
    const lock = readLock('bookworm');
    const serviceAccount = new ServiceAccount(this, 'builder', { metadata: { name: 'builder' }, automountToken: false });
    const registry = new Registry(settings.registry);

    // BuildEgress
    new BuildEgress(this, 'egress', {
      namespace: settings.namespace,
      registry: settings.registry.host,
      mirror: settings.mirror,
    });

    // RegistryTasks
    const asking = new RegistryTasks(this, 'asking', { registry, toolbox: settings.toolbox });
    const making = { registry, toolbox: settings.toolbox, serviceAccount, asking };

    // BuildPipelines
    const { lifecycle, mirror, vanishedPackages } = settings;
    const pipelines = new BuildPipelines(this, 'builds', { ...making, lifecycle, mirror, vanishedPackages });

    // Base
    const base = new Base(this, 'base', {
      kind: 'debian',
      name: 'bookworm',
      suite: 'bookworm',
      packages: ['ca-certificates', 'libnss-sss', 'locales-all'],
      lock,
      pipelines,
    });

    // Stack
    const bookworm = new Stack(this, 'bookworm', {
      extends: base,
      packages: { run: ['curl', 'git'], build: ['build-essential', 'libssl-dev'] },
      environment: { LC_ALL: 'en_US.UTF-8' },
      lock: readLock('bookworm'),
    });

    // Runtime
    const python = new Runtime(this, 'python', { version: '3.11.2', builtOn: bookworm, from: python311Source });

    // Builder
    const builder = new Builder(this, 'python311', {
      stack: bookworm,
      runtimes: [python],
      order: orderFor([pythonPart.with({ version: '3.11' })]),
    });

    // ContractAccess
    const contractAccess = new ContractAccess(this, 'contract-access', {
      namespace: 'platform-images',
      tools: contractTools(settings.toolforge),
    });

    // PromotionAccess
    const promotionAccess = new PromotionAccess(this, 'promotion-access', 'platform-images');

    // PlatformImagePipeline
    const { toolforge, publicTags } = settings;
    const promoting = { ...making, promotionAccess };
    const trying = { toolforge, publicTags, contractAccess, contracts: CONTRACTS, environment: 'local', pins: {} };
    const images = new PlatformImagePipeline(this, 'platform-image', { ...promoting, ...trying });

    // PlatformImage
    const image = new PlatformImage(this, 'python311-sssd-base', {
      pipeline: images,
      builder,
      parts: [pythonPart.with({ version: '3.11' })],
    });

    // Distro
    const platform = { chartProps: { namespace: 'platform-images' }, builds: pipelines, images, readLock, readLayerPlan };
    const trixie = new Distro(scope, 'trixie', { platform, packages: { run: ['unzip', 'zip'], build: ['libpcre2-dev'] } });

    // Family
    new Family(scope, 'lua54', { on: trixie, language: lua.at('5.4') });

    // ToolNamespace
    const tool = new ToolNamespace(this, 'my-tool', toolOf('tools', { name: 'my-tool', uid: 53123 }));

    // ToolImagePipeline
    const toolImages = new ToolImagePipeline(this, 'tool-image', { ...making, promotionAccess });

    // ToolImage
    new ToolImage(this, 'web', {
      pipeline: toolImages,
      tool: toolOf('tools', { name: 'my-tool', uid: 53123 }),
      builder,
      source: { url: 'https://gitlab.wikimedia.org/toolforge-repos/my-tool', commit: '3f786850e387550fdab836ed7e6dc881de23001b' },
      parts: [pythonPart.with({ version: '3.11' })],
    });

    // FollowedImages
    const followed = new FollowedImages(this, 'followed', { pipeline: toolImages });
    followed.add('api', {
      tool: toolOf('tools', { name: 'my-tool', uid: 53123 }),
      builder,
      source: { url: 'https://gitlab.wikimedia.org/toolforge-repos/my-tool', branch: 'main' },
      parts: [pythonPart.with({ version: '3.11' })],
    });

    // Webservice
    new Webservice(this, 'webservice', { tool, type: 'uwsgi-python', image: image.public, mountsBy: 'admission' });

    // Job
    new Job(this, 'count', {
      tool,
      image: image.public,
      mountsBy: 'admission',
      command: './count.sh',
      runs: { kind: 'scheduled', schedule: '17 3 * * *' },
    });

    // ImageConfig
    new ImageConfig(this, 'image-config', {
      catalogue: { 'python3.11': { state: 'stable', aliases: ['tf-python311'], jobs: image } },
    });

    // ImportedImage
    const toolforgeBookworm = new ImportedImage(this, 'toolforge-bookworm', `registry.test/bookworm@sha256:${'0'.repeat(64)}`);

    // Task
    const greet = new Task(this, 'greet', {
      description: 'Greets.',
      egress: [],
      params: { who: {} },
      results: ['greeting'],
      steps: ({ params, results }) => [
        { name: 'greet', image: toolforgeBookworm.reference, script, env: { WHO: params.who, RESULT: results.greeting } },
      ],
    });

    // Pipeline
    const greetings = new Pipeline(this, 'greetings', { description: 'Greets twice.', params: { who: {} } });
    const first = greetings.addTask('first', greet, { params: { who: greetings.params.who } });
    greetings.addTask('second', greet, { params: { who: first.results.greeting } });

    // PipelineRun
    new PipelineRun(this, 'greet-the-world', { pipeline: greetings, params: { who: 'world' }, serviceAccount });

    // ImagePipeline
    const cakes = new ImagePipeline(this, 'cake', {
      ...making,
      description: 'Bakes cakes, unless the registry has them.',
      params: { candles: { description: 'How many.' } },
      egress: [],
      work: Size.gibibytes(1),
      image: Size.gibibytes(1),
      pull: () => ({ script }),
      env: ({ params }) => ({ CANDLES: params.candles }),
      steps: () => [{ name: 'bake', image: settings.toolbox, script, mounts: { image: '/image' } }],
      timeout: Duration.minutes(5),
    });
    cakes.make(this, 'birthday', {
      name: 'birthday-cake',
      repository: registry.repository('cakes/birthday'),
      address: addressOf({ candles: 7 }),
      params: { candles: '7' },
      from: [toolforgeBookworm],
    });
  }
}
