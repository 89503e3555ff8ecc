import { Construct, type IConstruct } from 'constructs';

/** Which object, and who makes it. */
export interface ExternalObjectProps {
  readonly apiVersion: string;
  readonly kind: string;
  /** @default - none: the object is the cluster's */
  readonly namespace?: string;
  readonly name: string;
  /** Who makes it, as a sentence: 'People of the cloud team, with kubectl, before the first build.' */
  readonly madeBy: string;
}

const EXTERNAL = Symbol.for('cloud-services-buildpacks.external-object');

/** An object that the environment names and does not declare. It renders nothing. */
export class ExternalObject extends Construct {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
  readonly madeBy: string;

  constructor(scope: Construct, id: string, { apiVersion, kind, namespace, name, madeBy }: ExternalObjectProps) {
    super(scope, id);
    if (madeBy.trim() === '') throw new Error(`${this.node.path}: madeBy is empty; say in a sentence who makes ${kind} ${name}`);
    this.apiVersion = apiVersion;
    this.kind = kind;
    this.namespace = namespace;
    this.name = name;
    this.madeBy = madeBy;
    Object.defineProperty(this, EXTERNAL, { value: true });
  }

  /** Whether a construct is one. */
  static is(construct: IConstruct): construct is ExternalObject {
    return EXTERNAL in construct;
  }
}

/**
 * Declares that an object which others name exists, and who makes it.
 *
 * @example
 * ```ts
 * external(this, 'push-secret', {
 *   apiVersion: 'v1',
 *   kind: 'Secret',
 *   namespace: 'image-build',
 *   name: 'registry-push',
 *   madeBy: 'People of the cloud team, with kubectl, before the first build.',
 * });
 * ```
 * @throws Error when nobody is said to make it
 */
export function external(scope: Construct, id: string, props: ExternalObjectProps): ExternalObject {
  return new ExternalObject(scope, id, props);
}
