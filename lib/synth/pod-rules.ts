import { isImageText } from './image-text';
import { type Container, podSpecsOf, type PodSpec, type SecurityContext } from './pod-specs';
import { quantityProblems } from './quantities';
import type { Manifest } from './synthesized';

/** The greatest UID and GID that Kubernetes takes (kubernetes/kubernetes#96147). */
const LAST_ID = 2147483647;
const ENV_NAME = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;

/** What is wrong with the pods that an object makes, and that only the API server, Tekton's webhook or a kubelet would say. */
export function podProblems(manifest: Manifest): string[] {
  return podSpecsOf(manifest).flatMap((pod) => {
    const volumes = pod.volumes.map(({ name }) => name);
    const names = pod.containers.map(({ name }) => name);
    return [
      ...idProblems(`its pod`, pod.securityContext),
      ...doubled(`${pod.noun}s`, names),
      ...doubled('volumes', volumes),
      ...pod.containers.flatMap((container) => containerProblems(container, pod, volumes)),
    ];
  });
}

function containerProblems(container: Container, { noun }: PodSpec, volumes: readonly string[]): string[] {
  const { name = '', image, env = [], volumeMounts = [], ports = [] } = container;
  const whose = `${noun} '${name}'`;
  const places = volumeMounts.map(({ mountPath }) => mountPath);
  return [
    ...(image === undefined || image.includes('$(') || isImageText(image)
      ? []
      : [`the image '${image}' of ${whose} is no reference of one; expected <registry>/<repository>:<tag> or @sha256:<64 hex>`]),
    ...idProblems(whose, container.securityContext),
    ...env
      .filter((each) => !ENV_NAME.test(each.name))
      .map((each) => `${whose}: '${each.name}' cannot be the name of a variable; rename it`),
    ...volumeMounts
      .filter((each) => !volumes.includes(each.name))
      .map((each) => `${whose} mounts '${each.name}', which is no volume of its pod; it has: ${volumes.join(', ') || 'none'}`),
    ...places
      .filter((place, i) => places.indexOf(place) < i)
      .map((place) => `${whose} mounts two volumes at '${place}'; move one`),
    ...ports
      .filter(({ containerPort }) => !isPort(containerPort))
      .map(({ containerPort }) => `${whose} has the port ${String(containerPort)}; expected a whole number from 1 to 65535`),
    ...quantityProblems(whose, container.resources ?? container.computeResources ?? {}),
  ];
}

function idProblems(whose: string, context: SecurityContext = {}): string[] {
  return (['runAsUser', 'runAsGroup', 'fsGroup'] as const).flatMap((field) => {
    const id = context[field];
    if (id === undefined || (Number.isInteger(id) && id >= 0 && id <= LAST_ID)) return [];
    return [`${whose} has ${field} ${id}; Kubernetes takes whole numbers from 0 to ${LAST_ID}, choose such an id`];
  });
}

/** Whether a number can be a port. */
export function isPort(port: unknown): boolean {
  return typeof port === 'number' && Number.isInteger(port) && port >= 1 && port <= 65535;
}

function doubled(what: string, names: readonly (string | undefined)[]): string[] {
  return names
    .filter((name, i) => name !== undefined && names.indexOf(name) < i)
    .map((name) => `two ${what} are called '${name ?? ''}'; change one`);
}
