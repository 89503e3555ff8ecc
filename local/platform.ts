/** The embedded platform, for other programs: make it, point at it, look at it. */
export { platformEnvironment } from './environment';
export { statusRows } from './commands/status';
export type { StatusRow } from './commands/status';
export { ensurePlatform } from './commands/up';
export type { PlatformOptions } from './commands/up';
