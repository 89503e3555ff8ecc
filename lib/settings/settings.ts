import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { z } from 'zod';

const PROJECT = 'cloud-services-buildpacks';
const dnsLabel = z.string().regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, 'a DNS label: lower-case letters, digits and -');
const httpUrl = z.url({ protocol: /^https?$/ });
const imageReference = z.string().regex(/^[^\s@]+(:[\w.-]+|@sha256:[0-9a-f]{64})$/, 'an image reference with a tag or digest');
const tool = z.strictObject({
  name: dnsLabel,
  /** User and group id; Toolforge's tools start at 50000. */
  uid: z.int().min(50000),
});

/** What differs between environments. Everything else is a declaration in stacks/. */
const settingsSchema = z.strictObject({
  /** The name of the kubeconfig context to deploy to. Without one, kubeconfig's current context. */
  kubeContext: z.string().min(1).optional(),
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
  const config = Object.entries(document?.config ?? {})
    .filter(([key]) => key.startsWith(`${PROJECT}:`))
    .map(([key, value]) => [key.slice(PROJECT.length + 1), value]);
  const parsed = settingsSchema.safeParse(Object.fromEntries(config));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path, message }) => `  - ${PROJECT}:${path.join('.') || '(the whole)'}: ${message}`,
  );
  throw new SettingsError(`${file} cannot be used:\n${problems.join('\n')}`);
}

function parseYaml(root: string, file: string): { readonly config?: Record<string, unknown> } | undefined {
  try {
    return load(readFileSync(join(root, file), 'utf8')) as { config?: Record<string, unknown> } | undefined;
  } catch (error) {
    throw new SettingsError(`${file} cannot be used: ${(error as Error).message}`);
  }
}
