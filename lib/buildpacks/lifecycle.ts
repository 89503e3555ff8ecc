import { tagOf } from '../registry/image-reference';
import type { LifecycleData } from './specification/builder';

/** The platform API that the phases speak (CNB_PLATFORM_API). */
export const PLATFORM_API = '0.15';

const upTo = (first: number, last: number): readonly string[] =>
  Array.from({ length: last - first + 1 }, (_, i) => `0.${first + i}`);

/** What each line of lifecycles speaks: its README, "Supported APIs". */
const APIS: Readonly<Record<string, Omit<LifecycleData, 'version'>>> = {
  '0.20': { platformApis: upTo(7, 14), buildpackApis: upTo(7, 11) },
  '0.21': { platformApis: upTo(7, 15), buildpackApis: upTo(7, 12) },
};

/**
 * The lifecycle of an image, by the version in its tag.
 *
 * @throws Error for a version that we do not know, or a reference without one: what it speaks could not be compared
 */
export function lifecycleOf(reference: string): LifecycleData {
  const version = tagOf(reference) ?? 'none';
  const apis = APIS[version.split('.').slice(0, 2).join('.')];
  if (apis !== undefined) return { version, ...apis };
  throw new Error(
    `the lifecycle '${reference}' has the version '${version}'; known are ${Object.keys(APIS).join(', ')}, as a tag such as :0.21.0, with or without a digest. ` +
      'Name one of them in the settings, or add its APIs to lib/buildpacks/lifecycle.ts',
  );
}
