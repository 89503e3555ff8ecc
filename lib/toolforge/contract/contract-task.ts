import { Size } from 'cdk8s';
import { ConfigMap } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import type { Registry } from '../../registry/registry';
import { registryAccess } from '../../registry/registry-access';
import type { Settings } from '../../settings/settings';
import { TASK_RUN_UID } from '../../tekton/params';
import { Task } from '../../tekton/task';
import { contractTools } from './contract-access';
import { contentHash } from '../../synth/content-hash';
import { CONTRACT_STEPS, contractFiles } from './contract';

/** What the contract needs to try an image and to attest it. */
export interface ContractTaskProps {
  readonly registry: Registry;
  /** The image with bash, curl, jq and csb-registry. */
  readonly toolbox: string;
  readonly toolforge: Settings['toolforge'];
  /** What the attestation says where the image was tried. */
  readonly environment: string;
}

/** The parameters of the task. */
export const contractParams = {
  image: { description: 'The image to try: a reference with a tag or digest. Pods run it by digest.' },
  name: { description: 'Its name in the report, python311-sssd-web.' },
  family: { description: 'What it is, as JSON: {"kind":"web","language":{"python":"3.11"}}.' },
  contract: { description: 'Which contract holds for the family: the hash of its items, checks and driver.' },
  run: { description: 'The name of the run. An attempt after the first tries again what passed before.' },
  'layers-of': {
    description: 'The image by digest whose layers were put on another run image; empty where none were.',
    default: '',
  },
  before: {
    description: 'What its public tags named when the run began, as <tag>=<digest>, with blanks between them.',
    default: '',
  },
  canary: { description: 'The public tag of its canary, which is tried in full on the same run image.', default: '' },
  'canary-family': { description: 'What that is, as JSON.', default: '' },
  'canary-contract': { description: 'Which contract holds for that.', default: '' },
} as const;

/**
 * The Tekton Task that tries an image in pods of tools and, when it passed everything, puts the report beside it in the registry.
 *
 * Of a rebased image whose canary has passed on the same run image, it tries whether it starts: its layers have passed, and so has the run image.
 *
 * Its run needs the service account of `contractAccess()`. The step that has its token has no credentials of the registry, and the other
 * way round. Results: the digest of the image, that of the attestation, and a summary in words. An image that fails makes the task fail; nothing is pushed.
 */
export function contractTask(scope: Construct, { registry, toolbox, toolforge, environment }: ContractTaskProps) {
  const access = registryAccess(registry);
  const withRegistry = { ...access.env, ENVIRONMENT: environment };
  const files = new ConfigMap(scope, 'contract-files', {
    // Named by its content: a task says in its own spec which files it means.
    metadata: { name: `contract-${contentHash(contractFiles).slice(0, 16)}` },
    immutable: true,
    data: contractFiles,
  });
  const task = new Task(scope, 'contract', {
    description: 'Tries whether an image is a drop-in for the legacy one, in pods of tools, and attests it.',
    egress: ['registry', 'api', 'tool-pods'],
    params: contractParams,
    results: ['digest', 'attestation', 'summary'],
    // What is tried of it, by `KindFiles`.
    workspaces: ['family'],
    volumes: {
      work: { kind: 'scratch', sizeLimit: Size.mebibytes(256) },
      contract: { kind: 'config-map', configMapName: files.name },
      api: { kind: 'api-token' },
      ...access.volumes,
    },
    env: ({ params, workspaces }) => ({
      HOME: '/tmp',
      FAMILY_FILES: workspaces.family,
      IMAGE: params.image,
      FAMILY: params.family,
      RUN: params.run,
      TASK_RUN: TASK_RUN_UID,
      CONTRACT_VERSION: params.contract,
    }),
    steps: ({ params, results }) => [
      {
        name: 'look-up',
        image: toolbox,
        script: CONTRACT_STEPS.lookUp,
        mounts: { work: '/work', ...access.mounts },
        env: {
          ...withRegistry,
          DIGEST_RESULT: results.digest,
          LAYERS_OF: params['layers-of'],
          BEFORE: params.before,
          CANARY: params.canary,
          CANARY_FAMILY: params['canary-family'],
          CANARY_CONTRACT: params['canary-contract'],
        },
      },
      {
        name: 'pods',
        image: toolbox,
        script: CONTRACT_STEPS.pods,
        mounts: { work: '/work', contract: '/contract', api: '/api' },
        env: {
          IMAGE_NAME: params.name,
          TOOLBOX: toolbox,
          MOUNTS: toolforge.mounts,
          PULL_SECRET: registry.pullSecret ?? '',
          TOOLS: JSON.stringify(contractTools(toolforge)),
        },
      },
      {
        name: 'attest',
        image: toolbox,
        script: CONTRACT_STEPS.attest,
        mounts: { work: '/work', contract: '/contract', ...access.mounts },
        env: { ...withRegistry, ATTESTATION_RESULT: results.attestation, SUMMARY_RESULT: results.summary },
      },
    ],
  });
  task.node.addDependency(files);
  return task;
}
