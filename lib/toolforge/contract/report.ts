import { z } from 'zod';

const finding = z.object({
  /** What was looked at, as a command or a path. */
  where: z.string(),
  expected: z.string(),
  got: z.string(),
});

const run = z.object({
  check: z.string(),
  shape: z.string(),
  tool: z.string(),
  result: z.enum(['pass', 'fail']),
  seconds: z.number(),
  findings: z.array(finding),
});

const item = z.object({
  id: z.string(),
  number: z.int(),
  title: z.string(),
  source: z.string(),
  /** `by-canary`: tried of the canary of the image, on the same run image. */
  result: z.enum(['pass', 'fail', 'not-applicable', 'by-canary']),
  reason: z.string().optional(),
  runs: z.array(run),
});

/** A report without its items. */
export const reportSummary = z.object({
  /** `contractVersion()` of what was tried. */
  contract: z.string(),
  family: z.strictObject({
    kind: z.enum(['base', 'web']),
    language: z.record(z.string(), z.string()).optional(),
    /** Without the common tools. */
    bare: z.literal(true).optional(),
  }),
  /** From the first pod to the last one. */
  seconds: z.number(),
  passed: z.int(),
  failed: z.int(),
  notApplicable: z.int(),
  /** Items that were tried of the canary; reports of older contracts know none. */
  byCanary: z.int().default(0),
});

/** What was found, in numbers. */
export type ReportSummary = z.infer<typeof reportSummary>;

const report = z.object({
  ...reportSummary.shape,
  name: z.string(),
  /** `<repository>@<digest>`. */
  image: z.string(),
  /** The image in whose place it was tried in part, as `image`; undefined where all was tried of the image itself. */
  canary: z.string().optional(),
  tools: z.array(z.string()),
  items: z.array(item),
});

/** What the driver has found: report.json of an attestation. */
export type Report = z.infer<typeof report>;
/** One item of a report. */
export type ReportItem = z.infer<typeof item>;

/**
 * The text of report.json as a report.
 *
 * @throws Error naming what is missing or wrong
 */
export function parseReport(text: string): Report {
  const parsed = report.safeParse(json(text));
  if (parsed.success) return parsed.data;
  throw new Error(`this is no report of the contract: ${z.prettifyError(parsed.error)}`);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const { length } = text;
    throw new Error(
      `this is no report of the contract, but ${length} characters that are no JSON: ${(error as Error).message}. Ask for it again`,
      {
        cause: error,
      },
    );
  }
}
