/**
 * The forms of single settings. Each of them ends as a word of a shell command, a line of apt's sources, a field of TOML or a name in
 * Kubernetes, so that only what is the same word to all of them is allowed.
 */
import { X509Certificate } from 'node:crypto';
import { z } from 'zod';

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names */
export const dnsLabel = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, 'a DNS label: lower-case letters, digits and -, at most 63');

/** The namespace of the builds, which `up` makes and `destroy` removes with all that is in it. */
export const ownNamespace = dnsLabel.refine(
  (name) => !/^(default$|kube-|tool-)/.test(name),
  'a namespace of its own: not default, kube-... or tool-..., which hold what belongs to others',
);

/** A kubeconfig context's name: messages show commands with it, to be pasted into a shell. */
export const contextName = z.string().regex(/^[\w.:/@+=-]*$/, 'the name of a context: letters, digits and . _ : / @ + = -');

const HOST = '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*';
const PORT = '[1-9][0-9]{0,4}';
// https://github.com/distribution/reference/blob/main/reference.go: the first part is a host only with a dot, a port, or as localhost.
const REGISTRY_HOST = `(localhost|(?=[^/]*[.:])${HOST}(:${PORT})?)`;
const COMPONENT = '[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*';
const TAG = ':\\w[\\w.-]{0,127}';
const DIGEST = '@sha256:[0-9a-f]{64}';

/** Host and port, as image references start. */
export const registryHost = z
  .string()
  .regex(
    new RegExp(`^${REGISTRY_HOST}$`),
    'a host name with a dot, or with :port, without a scheme: what has neither is taken for a name on Docker Hub',
  );

/** An image by tag or digest, with the registry that has it. */
export const imageReference = z
  .string()
  .regex(
    new RegExp(`^${REGISTRY_HOST}(/${COMPONENT})+((${TAG})?${DIGEST}|${TAG})$`),
    'an image reference with a tag or digest: <host>/<repository>:<tag> or <host>/<repository>@sha256:<64 hex characters>',
  );

/** What repositories' names start with. */
export const repositoryPrefix = z
  .string()
  .regex(
    new RegExp(`^(?=.{1,100}$)${COMPONENT}(/${COMPONENT})*$`),
    "at most 100 characters: lower-case words with '.', '_' or '-' in them and '/' between them, not at the ends",
  );

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** One or more certificates, and nothing that is not for everybody's eyes. */
export const certificates = z
  .string()
  .refine(
    areCertificates,
    'certificates in PEM (-----BEGIN CERTIFICATE----- ...), one or more, and nothing else: no key, no other text',
  );

function areCertificates(text: string): boolean {
  const blocks = text.match(CERTIFICATE) ?? [];
  return blocks.length > 0 && text.replace(CERTIFICATE, '').trim() === '' && blocks.every(isCertificate);
}

function isCertificate(block: string): boolean {
  try {
    return new X509Certificate(block).raw.length > 0;
  } catch {
    return false;
  }
}

/** A mirror: a word of apt's sources and the beginning of a URL. What is in it can be read in every pod of a build, so no passwords. */
export const mirrorUrl = z
  .string()
  .regex(
    new RegExp(`^https?://${HOST}(:${PORT})?(/[\\w.~+-]+)*$`),
    'a URL that starts with http:// or https://, then a host and a path: no user or password, blanks, quotes, query or / at the end',
  );

/** A tool as its account has it; with more than 58 characters, `tool-<name>` is no namespace. */
const toolName = dnsLabel.max(58, 'a name of at most 58 characters: tool-<name> is its namespace');

/** User and group id: Toolforge's tools start at 50000, and Kubernetes takes no number beyond 31 bits. */
const toolUid = z.int().min(50000).max(2147483647);

/** A tool: its name, and its user and group id. */
export const tool = z.strictObject({ name: toolName, uid: toolUid });

/** Two tools: the contract tries whether one can be told from the other. */
export const twoTools = z
  .tuple([tool, tool])
  .refine(([one, other]) => one.name !== other.name, 'two tools: both have this name')
  .refine(([one, other]) => one.uid !== other.uid, 'two tools of two UIDs: `id -u <project>.<name>` prints that of a tool');

/** Families of images by their names in stacks/families.ts, or all of them. */
export const familyNames = z
  .array(dnsLabel)
  .min(1)
  .refine((names) => names.length === 1 || !names.includes('all'), '[all] alone, or the names of some families');

/** What a promotion moves, and in which order: the last one is what tools use. */
export const publicTags = z
  .array(z.enum(['testing', 'latest']))
  .refine(
    ([first, second, ...more]) => first === 'testing' && (second ?? 'latest') === 'latest' && more.length === 0,
    '[testing], or [testing, latest] in this order: latest is moved only to what testing names already',
  );
