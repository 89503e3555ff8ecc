/** A settings file that cannot be used: which file, which key, what was found and what is allowed. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** All that is wrong with a file, a line each. */
export function unusable(file: string, problems: readonly string[]): SettingsError {
  return new SettingsError(`${file} cannot be used:\n${problems.map((each) => `  - ${each}`).join('\n')}`);
}
