import type { Resources } from './pod-specs';

// apimachinery/pkg/api/resource/quantity.go
const QUANTITY = /^(\d+(?:\.\d*)?|\.\d+)([eE][+-]?\d+|[KMGTPE]i|[numkMGTPE])?$/;
const DECIMAL: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const BINARY = 'KMGTPE';

/** A quantity as a number; undefined when it is none, or less than nothing. */
export function quantity(text: string | number): number | undefined {
  const [, number, suffix = ''] = QUANTITY.exec(String(text)) ?? [];
  if (number === undefined) return undefined;
  if (/^[eE][+-]?\d/.test(suffix)) return Number(number) * 10 ** Number(suffix.slice(1));
  if (suffix.endsWith('i')) return Number(number) * 1024 ** (BINARY.indexOf(suffix[0] ?? '') + 1);
  return Number(number) * 10 ** (DECIMAL[suffix] ?? 0);
}

/** Requests and limits that are no quantities, or where more is requested than allowed. */
export function quantityProblems(whose: string, { requests = {}, limits = {} }: Resources): string[] {
  const wrong = (['requests', 'limits'] as const).flatMap((field) =>
    Object.entries(field === 'requests' ? requests : limits)
      .filter(([, value]) => quantity(value) === undefined)
      .map(([name, value]) => `${whose} ${field} '${value}' of ${name}; expected a quantity such as 500m or 256Mi`),
  );
  const reversed = Object.entries(requests).flatMap(([name, asked]) => {
    const limit = limits[name];
    const more = limit !== undefined && (quantity(asked) ?? 0) > (quantity(limit) ?? Infinity);
    return more ? [`${whose} requests ${asked} of ${name}, and its limit is ${limit}; request less, or allow more`] : [];
  });
  return [...wrong, ...reversed];
}
