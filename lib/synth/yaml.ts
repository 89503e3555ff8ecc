import { dump } from 'js-yaml';

const OPTIONS = { lineWidth: -1, noRefs: true };

// What every reader of YAML, 1.1 or 1.2, takes for a text as it stands: it starts like a word, and is none that means something else.
const PLAIN = /^[A-Za-z][\w./@-]*(:[\w./@-]+)*$/;
const MEANS_SOMETHING = /^(true|false|null|yes|no|on|off|y|n)$/i;
// Lines of printable ASCII that neither start nor end in a way for which a block needs an indicator.
const SIMPLE_LINES = /^[!-~][\n -~]*[!-~]\n?$/;
const SIMPLE_KEY = /^(?!\.\.\.|---)[^\n\r\u0085\u2028\u2029]{0,1000}$/;

/**
 * Writes an object as js-yaml's `dump` does, byte by byte, in less than half of its time.
 *
 * Here only the structure is written, and the two plainest kinds of text. All others (what needs quotes, what looks like a number, a date
 * or a boolean to some reader) are asked of js-yaml, and remembered.
 */
export class YamlWriter {
  private readonly scalars = new Map<unknown, string>();
  private odd = false;

  /** A mapping as a document, with a line break at its end. */
  document(value: object): string {
    const entries = Object.entries(value);
    const text = entries.length === 0 ? '{}\n' : `${this.mapping(entries, '')}\n`;
    if (!this.odd) return text;
    this.odd = false;
    return dump(value, OPTIONS);
  }

  private mapping(entries: readonly (readonly [string, unknown])[], indent: string): string {
    let text = '';
    for (const [key, value] of entries) {
      if (value === undefined) continue;
      if (text !== '') text += `\n${indent}`;
      // Keys that need a '?' before them are left to js-yaml, with all around.
      if (!SIMPLE_KEY.test(key)) this.odd = true;
      text += `${this.scalar(key)}:${this.after(value, indent, false)}`;
    }
    return text;
  }

  private sequence(items: readonly unknown[], indent: string): string {
    return items.map((item) => `-${this.after(item, indent, true)}`).join(`\n${indent}`);
  }

  /** What follows a key or a dash: on the same line, or below it. */
  private after(value: unknown, indent: string, inSequence: boolean): string {
    // A block that keeps empty lines at its end may need a mark for the end of the document.
    if (typeof value === 'string' && value.endsWith('\n\n')) this.odd = true;
    if (typeof value === 'string') return ` ${value.includes('\n') ? block(value, indent) : this.scalar(value)}`;
    if (typeof value !== 'object' || value === null) return ` ${this.scalar(value)}`;
    const inner = `${indent}  `;
    const before = inSequence ? ' ' : `\n${inner}`;
    if (Array.isArray(value)) return value.length === 0 ? ' []' : `${before}${this.sequence(value, inner)}`;
    const entries = Object.entries(value);
    return entries.length === 0 ? ' {}' : `${before}${this.mapping(entries, inner)}`;
  }

  private scalar(value: unknown): string {
    if (typeof value === 'string' && PLAIN.test(value) && !MEANS_SOMETHING.test(value)) return value;
    // Zero and its negative are one key.
    if (Object.is(value, -0)) return dumped(value);
    const text = this.scalars.get(value) ?? dumped(value);
    // Long texts rarely come twice.
    if (typeof value !== 'string' || value.length <= 200) this.scalars.set(value, text);
    return text;
  }
}

function block(value: string, indent: string): string {
  if (SIMPLE_LINES.test(value)) {
    const inner = `\n${indent}  `;
    const [header, lines] = value.endsWith('\n') ? ['|', value.slice(0, -1)] : ['|-', value];
    return `${header}${inner}${lines.replace(/\n(?!\n)/g, inner)}`;
  }
  // js-yaml indents by two spaces, and here it stands deeper. Lines without a character stay so.
  const text = dumped(value);
  return indent === '' ? text : text.replace(/\n(?=[^\n])/g, `\n${indent}`);
}

/** How js-yaml writes it after a key. */
function dumped(value: unknown): string {
  return dump({ a: value }, OPTIONS).slice('a: '.length).replace(/\n$/, '');
}
