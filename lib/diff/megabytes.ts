/** Bytes in megabytes, of which the unit stands elsewhere: `8.1`, `403`. */
export function megabytes(bytes: number): string {
  const amount = bytes / 1_000_000;
  return amount.toFixed(amount < 100 ? 1 : 0);
}
