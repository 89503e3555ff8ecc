/** What a run of a command has changed, told at its end in one sentence. */
export class Changes {
  readonly #byVerb = new Map<string, string[]>();

  record(verb: string, what: string): void {
    this.#byVerb.set(verb, [...(this.#byVerb.get(verb) ?? []), what]);
  }

  get isEmpty(): boolean {
    return this.#byVerb.size === 0;
  }

  toString(): string {
    return [...this.#byVerb].map(([verb, things]) => `${verb} ${things.join(', ')}`).join('; ');
  }
}
