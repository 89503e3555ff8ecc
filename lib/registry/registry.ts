import type { Settings } from '../settings/settings';
import { Repository } from './repository';

/** An image registry: how it is spoken to, and with which credentials images are pushed. */
export class Registry {
  /** Host and port, as image references start. */
  readonly host: string;
  /** Whether it speaks TLS. Only the embedded registry does not: settings refuse it elsewhere. */
  readonly tls: boolean;
  /** The Secret with the credentials for pushing. Undefined when it takes pushes without. */
  readonly pushSecret: string | undefined;

  constructor(settings: Settings['registry']) {
    this.host = settings.host;
    this.tls = !settings.plainHttp;
    this.pushSecret = settings.pushSecret;
  }

  /**
   * A repository of it.
   *
   * @throws Error when a registry would refuse the name
   */
  repository(name: string): Repository {
    return new Repository(this, name);
  }
}
