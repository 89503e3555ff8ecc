/** The cluster cannot or must not be deployed to: what was found and what to do. */
export class ClusterError extends Error {
  override readonly name = 'ClusterError';
}

/** The words of what a client of the API server throws, with the server's answer. */
export function wordsOfApi(error: unknown): string {
  const { code, body, message } = error as { code?: number; body?: unknown; message?: string };
  if (typeof body !== 'string') return message ?? String(error);
  return `${code ?? ''} ${body.slice(0, 300)}`.trim();
}
