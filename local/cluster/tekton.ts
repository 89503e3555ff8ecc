/** Tekton Pipelines, from the manifests of the very module that its programs are built from. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { shortHash } from '../hash';
import { referenceOf } from '../images/platform-image';
import { tektonImage, tektonPrograms } from '../images/tekton';
import { toolboxImage } from '../images/toolbox';
import { tektonVersion, toolPath } from '../toolchain/modules';
import { applyObjects, kubectl, notReady } from './kubectl';

const namespace = 'tekton-pipelines';
const annotation = 'cloud-services-buildpacks.toolforge.org/manifest';

/** The release that upstream's tooling would make of these files, with our images. */
async function manifest(): Promise<string> {
  const folder = toolPath('tekton', 'config');
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.yaml')).sort();
  // No metrics server, no horizontal scaling.
  const wanted = files.filter((file) => !file.endsWith('webhook-hpa.yaml'));
  // Some of the files lack the final newline: without one of ours their last line and the separator would be one.
  let text = (await Promise.all(wanted.map((file) => readFile(join(folder, file), 'utf8')))).join('\n---\n');
  for (const program of tektonPrograms) {
    text = text.replaceAll(`ko://github.com/tektoncd/pipeline/cmd/${program}`, referenceOf(tektonImage(program)));
  }
  return text
    .replace(/cgr\.dev\/chainguard\/busybox@sha256:[0-9a-f]+/g, referenceOf(toolboxImage()))
    .replace(/(release|version): "devel"/g, `$1: "v${tektonVersion}"`);
}

/** The Deployments of a manifest that the cluster has not. */
async function missingDeployments(text: string): Promise<string[]> {
  // Upstream's files repeat keys, which YAML readers refuse; what stands at two spaces is the Deployment's own metadata.
  const field = (document: string, name: string): string => new RegExp(`^  ${name}: (\\S+)$`, 'm').exec(document)?.[1] ?? '';
  const wanted = text
    .split(/^---$/m)
    .filter((document) => /^kind: Deployment$/m.test(document))
    .map((document) => `${field(document, 'namespace')}/${field(document, 'name')}`);
  const names = 'jsonpath={range .items[*]}{.metadata.namespace}/{.metadata.name}{"\\n"}{end}';
  const found = (await kubectl('get', 'deployments', '--all-namespaces', `--output=${names}`)).split('\n');
  return wanted.filter((name) => !found.includes(name));
}

/** Applies Tekton unless exactly this manifest has been applied completely and its Deployments are still there. */
export async function applyTekton(): Promise<boolean> {
  const text = await manifest();
  if (text.includes('ko://')) throw new Error('a Tekton manifest names a program that local/images/tekton.ts does not list');
  const hash = shortHash(16, text);
  const jsonPath = `jsonpath={.metadata.annotations.${annotation.replaceAll('.', '\\.')}}`;
  const applied = await kubectl('get', 'namespace', namespace, '--ignore-not-found', `--output=${jsonPath}`);
  if (applied === hash && (await missingDeployments(text)).length === 0) return false;
  await applyObjects(text);
  await kubectl('annotate', '--overwrite', 'namespace', namespace, `${annotation}=${hash}`);
  return true;
}

const dryRunTask = {
  apiVersion: 'tekton.dev/v1',
  kind: 'Task',
  metadata: { name: 'admission-probe', namespace: 'default' },
  spec: { steps: [{ name: 'nothing', image: 'nothing' }] },
};

/** Tekton's controllers run and its webhook answers the API server. */
export async function probeTekton(since: Date): Promise<void> {
  const waiting = [...(await notReady(namespace, since)), ...(await notReady('tekton-pipelines-resolvers', since))];
  if (waiting.length > 0) throw new Error(`waiting for ${waiting.join(', ')}`);
  await applyObjects(JSON.stringify(dryRunTask), '--dry-run=server');
}
