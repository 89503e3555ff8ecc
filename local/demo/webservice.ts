/** The demo tools' webservices in the cluster: whether they are declared, what they run, and what they answer. */
import { kubectl } from '../cluster/kubectl';
import type { DemoTool } from '../homes';
import { digestOfTag } from './registry-image';

interface Container {
  readonly name: string;
  readonly image: string;
  readonly [field: string]: unknown;
}

/** The shape of a tool's pods, as their Deployment has it. */
export interface PodTemplate {
  readonly metadata: { readonly labels: Readonly<Record<string, string>> };
  readonly spec: { readonly containers: readonly [Container]; readonly [field: string]: unknown };
}

export interface Webservice {
  readonly tool: DemoTool;
  readonly namespace: string;
  readonly template: PodTemplate;
  readonly image: string;
  /** By its Service's address, which this machine reaches. */
  readonly url: string;
}

/** A tool's webservice; undefined where the environment does not declare it. */
export async function findWebservice(tool: DemoTool): Promise<Webservice | undefined> {
  const namespace = `tool-${tool.name}`;
  const get = async (kind: string): Promise<unknown> => {
    const text = await kubectl('--namespace', namespace, 'get', kind, tool.name, '--ignore-not-found', '--output=json');
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  };
  const [deployment, service] = await Promise.all([get('deployment'), get('service')]);
  if (deployment === undefined || service === undefined) return undefined;
  const { template } = (deployment as { spec: { template: PodTemplate } }).spec;
  const { clusterIP } = (service as { spec: { clusterIP: string } }).spec;
  return { tool, namespace, template, image: template.spec.containers[0].image, url: `http://${clusterIP}:8000/` };
}

interface Pod {
  readonly metadata: { readonly deletionTimestamp?: string };
  readonly status: { readonly containerStatuses?: readonly { readonly imageID: string }[] };
}

const selector = ({ tool }: Webservice): string => `--selector=name=${tool.name},app.kubernetes.io/component=web`;

/** Whether one of its pods runs something else than what its image's tag names by now: nothing restarts pods when a tag moves. */
export async function isBehind(webservice: Webservice): Promise<boolean> {
  const digest = await digestOfTag(webservice.image);
  // Another pod could not start at all.
  if (digest === undefined) return false;
  const output = await kubectl('--namespace', webservice.namespace, 'get', 'pods', selector(webservice), '--output=json');
  const pods = (JSON.parse(output) as { items: readonly Pod[] }).items.filter(
    ({ metadata }) => metadata.deletionTimestamp === undefined,
  );
  const running = pods.flatMap(({ status }) => status.containerStatuses ?? []).map(({ imageID }) => imageID);
  return running.some((id) => id !== '' && !id.endsWith(`@${digest}`));
}

/** `webservice restart`: the Deployment makes the pods anew. */
export async function restart(webservice: Webservice): Promise<void> {
  await kubectl('--namespace', webservice.namespace, 'delete', 'pods', selector(webservice), '--wait=true');
}

/** What the demo applications say of themselves. */
export interface Answer {
  readonly tool: string;
  readonly python: string;
  readonly prefix: string;
  readonly uid: number;
  readonly user: string;
}

const PATIENCE_SECONDS = 180;

/**
 * Asks the application until it answers.
 *
 * @throws Error with what was got instead, what the pods say and the end of their log
 */
export async function answerOf(webservice: Webservice): Promise<Answer> {
  const deadline = Date.now() + PATIENCE_SECONDS * 1000;
  let got = 'nothing was asked';
  while (Date.now() < deadline) {
    try {
      const response = await fetch(webservice.url, { signal: AbortSignal.timeout(5000) });
      if (response.ok) return (await response.json()) as Answer;
      got = `status ${response.status}`;
    } catch (error) {
      got =
        error instanceof Error
          ? `${error.message}${error.cause instanceof Error ? `: ${error.cause.message}` : ''}`
          : String(error);
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  const { tool, namespace, url } = webservice;
  const show = async (...words: string[]): Promise<string> =>
    kubectl('--namespace', namespace, ...words, selector(webservice)).catch((error: unknown) => String(error));
  throw new Error(
    `${tool.name} does not answer at ${url} after ${PATIENCE_SECONDS} s; the last attempt gave: ${got}\n` +
      `${await show('get', 'pods')}\n${await show('logs', '--tail=20')}\n` +
      `The application's own log is ${tool.home}/uwsgi.log`,
  );
}
