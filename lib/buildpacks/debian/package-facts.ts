import { z } from 'zod';
import { inlined, script } from '../../tekton/script';
import { packageName } from './locked-packages';

const FACTS = script(__dirname, 'package-facts.sh');

/** A script with the functions of package-facts.sh, which find out what a layer plan wants to know of packages. */
export function withPackageFacts(text: string): string {
  return inlined(text, 'package-facts.sh', FACTS);
}

/** What these functions print. */
export const packageFactsFields = {
  /** Of binary packages: source, and size of the .deb in bytes. */
  facts: z.record(packageName, z.strictObject({ source: packageName, bytes: z.int().min(0) })),
  /** Of sources whose changelog was read: the days of changes since the release, such as 2026-02-01. */
  updates: z.record(packageName, z.array(z.iso.date())),
} as const;
