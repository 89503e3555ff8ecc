import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { z } from 'zod';

/** The environment of the embedded platform. */
const EMBEDDED = 'local';
const PROJECT = 'cloud-services-buildpacks';
const dnsLabel = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, 'a DNS label: lower-case letters, digits and -, at most 63');
const httpUrl = z.url({ protocol: /^https?$/, error: 'a URL that starts with http:// or https://' });
const imageReference = z.string().regex(/^[^\s@]+(:[\w.-]+|@sha256:[0-9a-f]{64})$/, 'an image reference with a tag or digest');
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;
const certificates = z
  .string()
  .refine(areCertificates, 'certificates in PEM (-----BEGIN CERTIFICATE----- ...), and nothing else: no key, no text between');

function areCertificates(text: string): boolean {
  const blocks = text.match(CERTIFICATE) ?? [];
  const isCertificate = (block: string): boolean => {
    try {
      return new X509Certificate(block).subject !== '';
    } catch {
      return false;
    }
  };
  return blocks.length > 0 && text.replace(CERTIFICATE, '').trim() === '' && blocks.every(isCertificate);
}

const tool = z.strictObject({
  name: dnsLabel,
  /** User and group id; Toolforge's tools start at 50000. */
  uid: z.int().min(50000),
});

/** What differs between environments. Everything else is a declaration in stacks/. Pulumi.yaml describes the same keys. */
export const settingsSchema = z.strictObject({
  /** The name of the kubeconfig context to deploy to. Empty: kubeconfig's current context. Pulumi.yaml cannot say "optional". */
  kubeContext: z
    .string()
    .default('')
    .transform((name) => (name === '' ? undefined : name)),
  /** The namespace of the build pipelines. */
  namespace: dnsLabel,
  registry: z.strictObject({
    /** Host and port, as image references start. */
    host: z.string().regex(/^[a-z0-9.-]+(:[0-9]+)?$/, 'a host name, perhaps with :port, without a scheme'),
    /** Plain HTTP; only for a registry that never leaves its machine. */
    plainHttp: z.boolean().default(false),
    /**
     * The Secret with the credentials for pushing, of type kubernetes.io/dockerconfigjson, in the namespace of the builds. It is made
     * by people, outside of this project. Only steps that ask or write the registry mount it.
     */
    pushSecret: dnsLabel.optional(),
    /**
     * The Secret with the credentials for pulling what pods run, of the same type, in the namespace of the builds and in those of the
     * contract's tools, made by people as well. Without it, nodes pull without credentials, or with their own.
     */
    pullSecret: dnsLabel.optional(),
    /** Certificates that are trusted beside those of images, in PEM: the authority of a registry that has one of its own. */
    certificateAuthority: certificates.optional(),
    /** What the names of all repositories start with, such as `cloud/images`: a Harbor project, or one's part of a shared registry. */
    prefix: z
      .string()
      .regex(
        /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$/,
        "lower-case words with '.', '_' or '-' in them, and '/' between them, not at the ends",
      )
      .max(100)
      .optional(),
  }),
  /** The Debian mirror that stack builds read, and no other pod. */
  mirror: z.strictObject({ debian: httpUrl, security: httpUrl }),
  /** The image whose tools make root filesystems and OCI images: mmdebstrap, umoci, skopeo. */
  toolbox: imageReference,
  /** The image with the CNB lifecycle's programs in /cnb/lifecycle. */
  lifecycle: imageReference,
  /**
   * What a build does when the mirror has dropped a version that a stack's lock names, as mirrors do with each update: `refuse`, or
   * `substitute` the newest, which the image says in a label.
   */
  vanishedPackages: z.enum(['refuse', 'substitute']).default('refuse'),
  /** The public tags that follow what passed its contract, in this order. Where another environment owns `latest`: only testing. */
  publicTags: z
    .array(z.enum(['testing', 'latest']))
    .min(1)
    .default(['testing', 'latest']),
  toolforge: z.strictObject({
    /** The project: the first part of the names of tools' accounts, and what /etc/wmcs-project says. */
    project: dnsLabel,
    /**
     * Who gives the pods of tools their mounts: `admission`, the webhook volume-admission of Toolforge, or `declared`, we ourselves,
     * the same ones, where there is no such webhook.
     */
    mounts: z.enum(['admission', 'declared']),
    /** The two tools as whose users the contract of images is tried, in a folder of its own in their homes. */
    contractTools: z.tuple([tool, tool]),
    /** Whether these tools also serve the applications of local/demo. */
    demo: z.boolean().default(false),
  }),
});

/** What differs between environments, parsed. */
export type Settings = z.infer<typeof settingsSchema>;

/** A settings file that cannot be used: which file, which key, what was found and what is allowed. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** The environments that have a settings file `Pulumi.<environment>.yaml`, in alphabetical order. */
export function environments(root: string): string[] {
  return readdirSync(root)
    .map((name) => /^Pulumi\.([a-z0-9-]+)\.yaml$/.exec(name)?.[1])
    .filter((name) => name !== undefined)
    .sort();
}

/**
 * Reads `Pulumi.<environment>.yaml`, the file that Pulumi itself reads for the Pulumi stack of that name.
 *
 * @throws SettingsError listing every wrong key
 */
export function readSettings(root: string, environment: string): Settings {
  const file = `Pulumi.${environment}.yaml`;
  const known = environments(root);
  if (!known.includes(environment))
    throw new SettingsError(
      `no environment '${environment}': there is no ${file}. Known: ${known.join(', ')}. Copy one of their files to start`,
    );
  const document = parseYaml(root, file);
  const entries = Object.entries(document?.config ?? {}).filter(([key]) => key.startsWith(`${PROJECT}:`));
  const config: object = Object.fromEntries(entries.map(([key, value]) => [key.slice(PROJECT.length + 1), value]));
  const parsed = settingsSchema.safeParse(config);
  if (parsed.success) return mustSpeakTls(file, environment, parsed.data);
  const problems = parsed.error.issues.map((issue) => `  - ${describeIssue(issue, config)}`);
  throw new SettingsError(`${file} cannot be used:\n${problems.join('\n')}`);
}

/** Only the embedded registry may do without TLS: what goes to it never leaves the machine. */
function mustSpeakTls(file: string, environment: string, settings: Settings): Settings {
  if (!settings.registry.plainHttp || environment === EMBEDDED) return settings;
  throw new SettingsError(
    `${file} cannot be used:\n  - ${PROJECT}:registry.plainHttp: found true, expected false: only '${EMBEDDED}', whose registry is on ` +
      'the node itself, does without TLS. Give the registry a certificate',
  );
}

/** One line of a wrong key: its name, what was found there, what is allowed. Settings hold no secrets, so values can be shown. */
function describeIssue(issue: z.core.$ZodIssue, config: object): string {
  const key = `${PROJECT}:${issue.path.join('.')}`;
  if (issue.code === 'unrecognized_keys') {
    const prefix = issue.path.length === 0 ? key : `${key}.`;
    return `${issue.keys.map((each) => prefix + each).join(', ')}: there is no such key; known here: ${knownKeys(issue.path).join(', ')}`;
  }
  const value = issue.path.reduce<unknown>((held, part) => (held as Record<PropertyKey, unknown> | undefined)?.[part], config);
  if (value === undefined) return `${key}: missing; expected ${expectation(issue)}`;
  return `${key}: found ${shown(value)}, expected ${expectation(issue)}`;
}

const WIDEST = 120;

/** A value in a line; of a long one, such as a certificate, its beginning. */
function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length <= WIDEST ? text : `${text.slice(0, WIDEST)}… (${text.length} characters)`;
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int' ? 'a whole number' : `${/^[aeiou]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}`;
    case 'invalid_value':
      return issue.values.map((each) => `'${String(each)}'`).join(' or ');
    case 'too_small':
      return `at least ${issue.minimum}${issue.origin === 'array' || issue.origin === 'tuple' ? ' items' : ''}`;
    case 'too_big':
      return `at most ${issue.maximum}${issue.origin === 'array' || issue.origin === 'tuple' ? ' items' : ''}`;
    default:
      return issue.message;
  }
}

/** The keys that the settings have at a path. */
function knownKeys(path: readonly PropertyKey[]): string[] {
  let schema: unknown = settingsSchema;
  for (const part of path) {
    if (schema instanceof z.ZodObject) schema = (schema.shape as Record<PropertyKey, unknown>)[part];
    else if (schema instanceof z.ZodTuple) schema = schema.def.items[Number(part)];
  }
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

function parseYaml(root: string, file: string): { readonly config?: Record<string, unknown> } | undefined {
  try {
    return load(readFileSync(join(root, file), 'utf8')) as { config?: Record<string, unknown> } | undefined;
  } catch (error) {
    throw new SettingsError(`${file} cannot be used: ${(error as Error).message}`);
  }
}
