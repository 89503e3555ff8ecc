import type { Settings } from '../settings/settings';
import { contentHash } from '../synth/content-hash';
import type { Address } from './address';
import { isRepositoryName } from './image-reference';

/** An image registry: how it is spoken to, and with which credentials images are pushed. */
export class Registry {
  /** Host and port, as image references start. */
  readonly host: string;
  /** Whether it speaks TLS. Only the embedded registry does not: settings refuse it elsewhere. */
  readonly tls: boolean;
  /** The Secret with the credentials for pushing. Undefined when it takes pushes without. */
  readonly pushSecret: string | undefined;
  /** The Secret with the credentials for pulling what pods run. Undefined when nodes need none. */
  readonly pullSecret: string | undefined;
  /** Certificates that are trusted beside those of images: in which ConfigMap of the builds' namespace, and their text. */
  readonly authority: { readonly configMap: string; readonly text: string } | undefined;
  /** `<host>`, or `<host>/<prefix>`: what the references of all its repositories start with. */
  readonly root: string;
  private readonly prefix: string;

  constructor({ host, plainHttp, pushSecret, pullSecret, certificateAuthority: text, prefix }: Settings['registry']) {
    this.host = host;
    this.tls = !plainHttp;
    this.pushSecret = pushSecret;
    this.pullSecret = pullSecret;
    // Named by its content: a task says in its own spec whom it trusts.
    this.authority =
      text === undefined ? undefined : { text, configMap: `registry-authority-${contentHash({ text }).slice(0, 10)}` };
    this.prefix = prefix === undefined ? '' : `${prefix}/`;
    this.root = prefix === undefined ? host : `${host}/${prefix}`;
  }

  /**
   * A repository of it.
   *
   * @param name - such as `platform/bookworm-run`; the prefix of the settings comes before it
   * @throws Error when a registry would refuse the name
   */
  repository(name: string): Repository {
    return new Repository(this.host, `${this.prefix}${name}`);
  }
}

/** A place in a registry that holds the images of one name. Made by `Registry.repository()`. */
export class Repository {
  /** `<host>/<name>`, without a tag. */
  readonly reference: string;

  /** @throws Error when a registry would refuse the name */
  constructor(host: string, name: string) {
    if (!isRepositoryName(name))
      throw new Error(
        `'${name}' cannot be a repository of ${host}: ` +
          "use lower-case letters and digits, with '.', '_' or '-' between them, and '/' between parts",
      );
    this.reference = `${host}/${name}`;
  }

  /**
   * The immutable reference of what has this address: `<host>/<name>:c-<address>`.
   *
   * @param runImage - the address of the run image that layers are on: `<host>/<name>:c-<address>-r<run image>`
   */
  addressed(address: Address, runImage?: Address): string {
    return this.tagged(`c-${address}${runImage === undefined ? '' : `-r${runImage}`}`);
  }

  /** `<host>/<name>:<tag>`. */
  tagged(tag: string): string {
    return `${this.reference}:${tag}`;
  }
}
