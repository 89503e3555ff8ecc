/**
 * Quantities are written in many ways, and the API server stores one of them: `1000m` as `1`, `1024Mi` as `1Gi`.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const QUANTITY = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)([numkMGTPE]|[KMGTPE]i)?$/;
/** The maps whose values are quantities. */
const HOLDERS = new Set(['requests', 'limits', 'hard', 'capacity', 'default', 'defaultRequest', 'max', 'min']);

/** Whether the values at a path of keys are quantities. */
export function holdsQuantity(keys: readonly string[]): boolean {
  return keys.at(-1) === 'sizeLimit' || HOLDERS.has(keys.at(-2) ?? '');
}

/** Whether two values are the same quantity. False when one of them is none. */
export function sameQuantity(one: unknown, other: unknown): boolean {
  const [left, right] = [amount(one), amount(other)];
  return left !== undefined && right !== undefined && Math.abs(left - right) <= Math.abs(left) * 1e-12;
}

function amount(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  const [, digits, unit = ''] = typeof value === 'string' ? (QUANTITY.exec(value) ?? []) : [];
  if (digits === undefined) return undefined;
  const factor = BINARY.includes(unit) ? 1024 ** (BINARY.indexOf(unit) + 1) : 1000 ** (DECIMAL.indexOf(unit) - 3);
  return Number(digits) * factor;
}
