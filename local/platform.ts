/** The embedded platform, for other programs: make it, point at it. */
export { platformEnvironment } from './environment';
export { ensurePlatform } from './commands/up';
export type { PlatformOptions } from './commands/up';
