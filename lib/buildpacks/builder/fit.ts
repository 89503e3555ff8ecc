import type { Buildpack } from '../buildpack/buildpack';
import type { IRuntime } from '../runtime/runtime';
import { type IStack, standsOn } from '../stack/stack';
import type { Order } from '../specification/buildpack';

/** What of a builder has to fit each other. */
export interface Fitting {
  readonly stack: IStack;
  readonly runtimes: readonly IRuntime[];
  readonly buildpacks: readonly Buildpack[];
  readonly order: Order;
}

/** Where a builder's stack, runtimes, buildpacks and order do not fit each other. @returns a line a problem */
export function fitProblems({ stack, runtimes, buildpacks, order }: Fitting): string[] {
  return [
    ...doubled(runtimes),
    ...runtimes.flatMap((runtime) => [
      ...layingProblems(runtime, buildpacks),
      ...placeProblems(runtime, stack),
      ...againstProblems(runtime, runtimes),
      ...needProblems(runtime, stack),
      ...facadeProblems(runtime, stack),
    ]),
    ...versionProblems(buildpacks),
    ...orderProblems(order),
  ];
}

/** A runtime by its name and its construct path. */
const said = ({ name, node }: IRuntime): string => `the runtime ${name} (${node.path})`;

function doubled(runtimes: readonly IRuntime[]): string[] {
  return runtimes.flatMap((runtime, i) => {
    const first = runtimes.findIndex(({ name }) => name === runtime.name);
    const other = runtimes[first];
    if (first === i || other === undefined) return [];
    const them = other === runtime ? `${said(runtime)} is` : `${said(other)} and ${said(runtime)} are both`;
    return [`${them} named in \`runtimes\`, and one buildpack lays one; remove one`];
  });
}

function layingProblems({ name }: IRuntime, buildpacks: readonly Buildpack[]): string[] {
  if (buildpacks.some(({ id }) => id === `toolforge/${name}`)) return [];
  return [`nothing lays the runtime ${name}; add the buildpack toolforge/${name} to \`order\``];
}

function placeProblems(runtime: IRuntime, stack: IStack): string[] {
  const { distro } = runtime.target;
  if (JSON.stringify(runtime.target) !== JSON.stringify(stack.target))
    return [
      `the runtime ${runtime.name} is for ${distro.name} ${distro.version}, the stack is another release; build it on a stack of that`,
    ];
  const { builtOn } = runtime;
  if (builtOn === undefined || standsOn(stack, builtOn)) return [];
  return [
    `${said(runtime)} is built on the stack ${builtOn.name}, on which the builder's stack ${stack.name} does not stand: it may link to ` +
      `libraries that are not there; build it on ${stack.name}, or on one below that`,
  ];
}

function againstProblems(runtime: IRuntime, runtimes: readonly IRuntime[]): string[] {
  const { against } = runtime;
  if (against === undefined || runtimes.some(({ image }) => image.address === against.image.address)) return [];
  const there = runtimes.find(({ name }) => name === against.name);
  const remedy =
    there === undefined ? 'add that to `runtimes`' : `the builder has ${said(there)}, ${there.version}; build it against that`;
  return [`${said(runtime)} is built against ${said(against)}, ${against.version}, which the builder lacks; ${remedy}`];
}

function needProblems(runtime: IRuntime, stack: IStack): string[] {
  // Of what somebody else has made, nobody can say here what it lacks; the step `check` of a build can.
  if (!stack.isWholeKnown) return [];
  const there = new Set(stack.runPackages);
  const missing = runtime.needs.filter((each) => !there.has(each));
  if (missing.length === 0) return [];
  return [
    `${said(runtime)} needs packages that the run image of ${stack.name} lacks: ${missing.join(', ')}; add them to its \`packages.run\``,
  ];
}

/**
 * Where a run image leads into another version of a runtime: links name it where the program's file does, as in
 * `/layers/toolforge_python/python/bin/python3.11`.
 *
 * @returns a line a problem
 */
export function facadeProblems(runtime: IRuntime, stack: IStack): string[] {
  const version = new RegExp(`${runtime.name.replace(/[.+]/g, '\\$&')}(\\d+(?:\\.\\d+)+)`);
  const others = Object.entries(stack.content.links).flatMap(([path, target]) => {
    if (!target.startsWith(`${runtime.prefix}/`)) return [];
    const named = version.exec(target.slice(runtime.prefix.length))?.[1];
    return named === undefined || `${runtime.version}.`.startsWith(`${named}.`) ? [] : [{ path, named }];
  });
  const [first] = others;
  if (first === undefined) return [];
  return [
    `the facade of ${stack.name} has ${others.length} links into ${runtime.name} ${first.named}, such as ${first.path}, but ${said(runtime)} ` +
      `is ${runtime.version}; declare the facade of that version`,
  ];
}

/** A runtime goes into one of them, and an image's parts name none. */
function versionProblems(buildpacks: readonly Buildpack[]): string[] {
  const ids = [...new Set(buildpacks.map(({ id }) => id))];
  return ids.flatMap((id) => {
    const versions = [...new Set(buildpacks.filter((each) => each.id === id).map(({ version }) => version))];
    return versions.length < 2 ? [] : [`buildpack ${id} is in it in the versions ${versions.join(', ')}; keep one`];
  });
}

/** A later group whose buildpacks are all in an earlier one, which asks for no more than it does, has no build left. */
function orderProblems(order: Order): string[] {
  return order.flatMap((group, i) => {
    const all = new Set(group.map(({ id }) => id));
    const mandatory = new Set(group.flatMap(({ id, optional }) => (optional === true ? [] : [id])));
    const earlier = order.slice(0, i).findIndex((other) => {
      const asked = other.filter(({ optional }) => optional !== true);
      return asked.every(({ id }) => mandatory.has(id)) && [...all].every((id) => other.some((each) => each.id === id));
    });
    if (earlier === -1) return [];
    return [
      `order group ${i} can never be used: wherever its buildpacks want to take part, group ${earlier} does; remove it, or put it before`,
    ];
  });
}
