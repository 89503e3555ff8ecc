import { script } from '../../lib/tekton/script';

/** What lighttpd says a file is, by the end of its name: `['.txt', 'text/plain; charset=utf-8']`. */
export function mediaTypes(): readonly (readonly [suffix: string, type: string])[] {
  const lines = script(__dirname, 'media-types.txt')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  return lines.flatMap((line) => {
    const [type = '', ...suffixes] = line.split(' ');
    return suffixes.map((suffix) => [suffix, withCharset(type)] as const);
  });
}

/** Pages say their own, and other text is in UTF-8. */
function withCharset(type: string): string {
  const isText = type.startsWith('text/') && type !== 'text/html';
  return isText || ['application/javascript', 'application/json'].includes(type) ? `${type}; charset=utf-8` : type;
}
