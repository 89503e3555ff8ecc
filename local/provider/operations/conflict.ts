/**
 * What to do when another field manager owns a field.
 * @see https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/managing-resources-with-server-side-apply/#handle-field-conflicts-on-existing-resources
 */
import { ApiError } from '../cluster/api-error';

const guide =
  'https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/managing-resources-with-server-side-apply/' +
  '#handle-field-conflicts-on-existing-resources';

export function explainConflict(error: unknown, manager: string): unknown {
  if (!(error instanceof ApiError && error.isConflict && error.causes.length > 0)) return error;
  const fields = error.causes.map((cause) => `  - ${cause.field}: ${cause.message}`).join('\n');
  return new Error(
    `server-side apply field conflict detected, see ${guide} for troubleshooting help\n` +
      `The resource managed by field manager "${manager}" had an apply conflict: ${error.message}\n${fields}`,
    { cause: error },
  );
}

export const alreadyExistsAdvice =
  'The resource already exists in the cluster. This can happen when:\n\n' +
  '  - a Pulumi resource was renamed: give it an alias, or deleteBeforeReplace if it must be replaced;\n' +
  '  - an existing object is to be managed in part: use a Patch resource (e.g. NamespacePatch);\n' +
  '  - an existing object is to be adopted: use `pulumi import`;\n' +
  '  - it is intended: set upsertExistingObjects on the provider, and create applies server-side to what exists.';
