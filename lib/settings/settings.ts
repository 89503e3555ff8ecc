import { readdirSync } from 'node:fs';
import { z } from 'zod';
import { describeIssue } from './describe-issue';
import { embeddedOnly, movableImages } from './embedded-only';
import { SettingsError, unusable } from './settings-error';
import { readConfig } from './settings-file';
import {
  certificates,
  contextName,
  dnsLabel,
  familyNames,
  imageReference,
  mirrorUrl,
  ownNamespace,
  publicTags,
  registryHost,
  repositoryPrefix,
  twoTools,
} from './values';

const PROJECT = 'cloud-services-buildpacks';
const PREFIX = `${PROJECT}:`;

/** What differs between environments. Everything else is a declaration in stacks/. Pulumi.yaml describes the same keys. */
export const settingsSchema = z.strictObject({
  /** The name of the kubeconfig context to deploy to. Empty: kubeconfig's current context. Pulumi.yaml cannot say "optional". */
  kubeContext: contextName.default('').transform((name) => (name === '' ? undefined : name)),
  /** The namespace of the build pipelines. */
  namespace: ownNamespace,
  registry: z.strictObject({
    /** Host and port, as image references start. */
    host: registryHost,
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
    prefix: repositoryPrefix.optional(),
  }),
  /** What builds read, and no other pod: mirrors of Debian, and, for runtimes that consist of npm packages, a registry of these. */
  mirror: z.strictObject({ debian: mirrorUrl, security: mirrorUrl, npm: mirrorUrl.optional() }),
  /**
   * The image whose tools make root filesystems and OCI images, and speak to the registry: mmdebstrap, umoci, csb-registry. By digest
   * everywhere but on the embedded platform.
   */
  toolbox: imageReference,
  /**
   * The image with the CNB lifecycle's programs in /cnb/lifecycle. Its tag is its version; with a digest everywhere but on the embedded
   * platform.
   */
  lifecycle: imageReference,
  /**
   * What a build does when the mirror has dropped a version that a stack's lock names, as mirrors do with each update: `refuse`, or
   * `substitute` the newest, which the image says in a label.
   */
  vanishedPackages: z.enum(['refuse', 'substitute']).default('refuse'),
  /** Which families of images are declared: `[all]`, or some by their names in stacks/families.ts. Stacks that none of them needs are not either. */
  families: familyNames.default(['all']),
  /** The public tags that follow what passed its contract, in this order. Where another environment owns `latest`: only testing. */
  publicTags: publicTags.default(['testing', 'latest']),
  /**
   * Whose `latest` moves: of images that stacks/ledger.ts says are promoted, or of all that are made, where nobody's tools run by the legacy
   * ones, as on the embedded platform.
   */
  promotes: z.enum(['by-ledger', 'all']).default('by-ledger'),
  toolforge: z.strictObject({
    /** The project: the first part of the names of tools' accounts, and what /etc/wmcs-project says. */
    project: dnsLabel,
    /**
     * Who gives the pods of tools their mounts: `admission`, the webhook volume-admission of Toolforge, or `declared`, we ourselves,
     * the same ones, where there is no such webhook.
     */
    mounts: z.enum(['admission', 'declared']),
    /** The two tools as whose users the contract of images is tried, in a folder of its own in their homes. */
    contractTools: twoTools,
    /** Whether these tools also serve the applications of local/demo. */
    demo: z.boolean().default(false),
  }),
});

/** What differs between environments, parsed. */
export type Settings = z.infer<typeof settingsSchema>;

/**
 * The environments that have a settings file `Pulumi.<environment>.yaml`, in alphabetical order.
 *
 * @throws SettingsError for a file that is meant for one, and which Pulumi or this project would not find
 */
export function environments(root: string): string[] {
  const files = readdirSync(root).filter((name) => /^Pulumi\..+\.ya?ml$/i.test(name));
  return files.map((file) => environmentOf(file)).sort();
}

function environmentOf(file: string): string {
  const [, name] = /^Pulumi\.([a-z0-9]([-a-z0-9]*[a-z0-9])?)\.yaml$/.exec(file) ?? [];
  if (name !== undefined) return name;
  throw unusable(file, ['this is the name of no settings file: Pulumi.<environment>.yaml, of lower-case letters, digits and -']);
}

/**
 * Reads `Pulumi.<environment>.yaml`, the file that Pulumi itself reads for the Pulumi stack of that name.
 *
 * @throws SettingsError listing every wrong key
 */
export function readSettings(root: string, environment: string): Settings {
  return read(root, environment, settingsSchema, (settings) => movableImages(environment, settings, PREFIX));
}

/** The settings of all environments, as far as they can be used. */
export interface AllSettings {
  readonly usable: ReadonlyMap<string, Settings>;
  /** What is wrong with the files of the others, by environment. */
  readonly unusable: ReadonlyMap<string, SettingsError>;
}

/**
 * Reads the settings of every environment.
 *
 * @throws SettingsError for a file whose name is not that of any
 */
export function readAllSettings(root: string): AllSettings {
  const usable = new Map<string, Settings>();
  const refused = new Map<string, SettingsError>();
  for (const environment of environments(root))
    try {
      usable.set(environment, readSettings(root, environment));
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      refused.set(environment, error);
    }
  return { usable, unusable: refused };
}

/**
 * As `readSettings`, for who makes toolbox and lifecycle and writes them into the file: what it says of these two may be any text.
 *
 * @throws SettingsError listing every other wrong key
 */
export function readSettingsToBootstrap(root: string, environment: string): Settings {
  return read(root, environment, settingsSchema.extend({ toolbox: z.string(), lifecycle: z.string() }), () => []);
}

function read(
  root: string,
  environment: string,
  schema: typeof settingsSchema,
  problemsOf: (settings: Settings) => readonly string[],
): Settings {
  const file = `Pulumi.${environment}.yaml`;
  const known = environments(root);
  if (!known.includes(environment))
    throw new SettingsError(
      `no environment '${environment}': there is no ${file}. Known: ${known.join(', ')}. Copy one of their files to start`,
    );
  const config = readConfig(root, file, PROJECT);
  const parsed = schema.safeParse(config);
  const problems = parsed.success
    ? [...embeddedOnly(environment, parsed.data, PREFIX), ...problemsOf(parsed.data)]
    : parsed.error.issues.map((issue) => describeIssue(issue, config, settingsSchema, PREFIX));
  if (parsed.success && problems.length === 0) return parsed.data;
  throw unusable(file, problems);
}
