/**
 * Quantities that are written differently and mean the same: `1000m` and `1`, `1024Mi` and `1Gi`. The server stores the canonical one.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
const factors: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};
const pattern = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(n|u|m|k|Ki|M|Mi|G|Gi|T|Ti|P|Pi|E|Ei|)$/;
const holders = new Set([
  'requests',
  'limits',
  'capacity',
  'hard',
  'allocatable',
  'default',
  'defaultRequest',
  'max',
  'min',
  'overhead',
  'podFixed',
]);

function parse(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  const [, digits, unit] = pattern.exec(value) ?? [];
  if (digits === undefined || unit === undefined) return undefined;
  return Number(digits) * (factors[unit] ?? Number.NaN);
}

export function isQuantityPath(path: readonly (string | number)[]): boolean {
  return path.at(-1) === 'sizeLimit' || path.slice(0, -1).some((part) => typeof part === 'string' && holders.has(part));
}

export function equalQuantities(left: unknown, right: unknown): boolean {
  const [one, other] = [parse(left), parse(right)];
  return one !== undefined && other !== undefined && Math.abs(one - other) <= Math.abs(one) * 1e-12;
}
