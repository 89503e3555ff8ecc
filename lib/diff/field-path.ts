/**
 * Where a field is, part by part, in the notation of managedFields: `f:<key>` in a map, `k:<JSON of the merge key>` or `i:<index>` in a
 * list. `json` is the border into JSON that stands in a string.
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
 */
export type FieldPath = readonly string[];

/** As people write it: `spec.steps[check].script`, `data["a.json"]`, `spec.params[settings].value: labels.x`. */
export function formatField(path: FieldPath): string {
  return path.reduce((text, part) => {
    if (part === 'json') return `${text}: `;
    const content = part.slice(2);
    if (part.startsWith('k:')) return `${text}[${Object.values(JSON.parse(content) as Record<string, unknown>).join(',')}]`;
    if (part.startsWith('i:')) return `${text}[${content}]`;
    if (!/^[\w-]+$/.test(content)) return `${text}[${JSON.stringify(content)}]`;
    return text === '' || text.endsWith(': ') ? `${text}${content}` : `${text}.${content}`;
  }, '');
}
