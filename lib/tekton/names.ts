const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** What is wrong with the name of a step or of a task in a pipeline, which become names of containers and parts of names of pods. */
export function labelProblems(what: string, name: string): string[] {
  if (DNS_LABEL.test(name)) return [];
  return [`${what} '${name}' is no DNS label; expected at most 63 of lower-case letters, digits and '-', rename it`];
}
