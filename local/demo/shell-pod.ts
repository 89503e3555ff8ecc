/** `webservice <type> shell`: a login shell in a pod of the same shape and image as the webservice's. */
import type { Webservice } from './webservice';

/** The pod that `webservice shell` makes, but for the terminal: what is typed comes from us. */
export function shellPod({ template }: Pick<Webservice, 'template'>, name: string): object {
  const [{ image, ...container }] = template.spec.containers;
  const { ports, startupProbe, livenessProbe, readinessProbe, ...same } = container;
  const shell = { ...same, image, command: ['/bin/bash', '-il'], stdin: true, stdinOnce: true };
  const labels = {
    ...template.metadata.labels,
    name,
    version: '2',
    'app.kubernetes.io/component': 'webservice-interactive',
  };
  return { apiVersion: 'v1', metadata: { labels }, spec: { ...template.spec, restartPolicy: 'Never', containers: [shell] } };
}
