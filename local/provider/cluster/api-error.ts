/**
 * What the API server says when it refuses.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/
 */
import { listAt, type ManifestValue, numberAt, stringAt } from '../objects/manifest';

export interface Cause {
  readonly field: string;
  readonly message: string;
  readonly reason: string;
}

export class ApiError extends Error {
  public readonly code: number;
  public readonly reason: string;
  public readonly causes: readonly Cause[];
  private readonly detailsKind: string;

  public constructor(code: number, status: ManifestValue, body: string) {
    super(stringAt(status, 'message') || `the server answered ${code}: ${body.slice(0, 500)}`);
    this.code = numberAt(status, 'code') ?? code;
    this.reason = stringAt(status, 'reason');
    this.detailsKind = stringAt(status, 'details', 'kind');
    this.causes = listAt(status, 'details', 'causes').map((cause) => ({
      field: stringAt(cause, 'field'),
      message: stringAt(cause, 'message'),
      reason: stringAt(cause, 'reason'),
    }));
  }

  public get isNotFound(): boolean {
    return this.code === 404;
  }
  public get isForbidden(): boolean {
    return this.reason === 'Forbidden' || (this.reason === '' && this.code === 403);
  }
  public get isAlreadyExists(): boolean {
    return this.reason === 'AlreadyExists';
  }
  public get isConflict(): boolean {
    return this.reason === 'Conflict';
  }
  public get isNamespaceMissing(): boolean {
    return this.isNotFound && this.detailsKind === 'namespaces';
  }
  public get isImmutableField(): boolean {
    return this.reason === 'Invalid' && this.message.includes('field is immutable');
  }
  public get isDryRunRefused(): boolean {
    return this.code === 400 && this.message.includes('does not support dry run');
  }
}

/** No server knows the kind: usually a custom resource whose definition is not there. */
export class NoMatchError extends Error {
  public constructor(kind: string, apiVersion: string) {
    super(`no matches for kind "${kind}" in version "${apiVersion}"`);
  }
}
