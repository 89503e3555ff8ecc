import { chmodSync, chownSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { demoTools } from '../../../local/homes';
import { Checkout, forget, kubectl, type Result } from '../checkout';
import { REGISTRY, repositories, tagsOf } from './registry-content';

/** Where tools' homes are on this machine: beside the platform's kubeconfig. */
const homes = (): string => join(dirname(process.env['KUBECONFIG'] ?? ''), 'project');

/** Says which OpenSSL the server's own process has loaded. */
const APPLICATION = `import json, os, ssl

def app(environ, start_response):
    start_response('200 OK', [('Content-Type', 'application/json')])
    return [json.dumps({'uid': os.getuid(), 'openssl': ssl.OPENSSL_VERSION}).encode()]
`;

export interface WholeCheckoutOptions {
  /** Puts stacks, runtimes and builders into repositories of its own as well, so that it builds everything itself. */
  readonly apart?: boolean;
}

/**
 * An environment of one family in a checkout of its own: platform images in repositories of its own, so that no public tag moves, and both tools
 * with a namespace and a home of its own. Their accounts stay those that sssd knows: the contract asks for them.
 */
export class WholeCheckout extends Checkout {
  readonly tools = demoTools.map(({ name, uid }) => ({ name, uid, namespace: `${this.namespace}-${name}` }));

  constructor(
    namespace: string,
    /** The first part of its repositories. */
    readonly prefix: string,
    { apart = false }: WholeCheckoutOptions = {},
  ) {
    super(namespace, 'family');
    for (const tool of this.tools) kubectl('delete', 'namespace', tool.namespace, '--ignore-not-found');
    this.edit('lib/toolforge/tool.ts', (text) => text.replace('namespace = `tool-${', `namespace = \`${namespace}-\${`));
    // Whose namespaces begin otherwise here are tools all the same.
    this.edit('lib/policy/tool-pods.ts', (text) => text.replace("'tool-'", `'${namespace}-'`));
    this.edit('stacks/demo-chart.ts', (text) =>
      text.replace(
        'toolOf(project, each);',
        `{ ...toolOf(project, each), home: \`/data/project/${namespace}-\${each.name}\` as const };`,
      ),
    );
    if (apart) this.edit('Pulumi.local.yaml', (text) => text.replace(/^( +)host: .*\n/m, `$&$1prefix: ${prefix}\n`));
    else {
      this.edit('lib/images/platform-image-pipeline.ts', (text) =>
        text.replace('`toolforge-${name}`', `\`${prefix}/toolforge-\${name}\``),
      );
      this.edit('lib/images/tool-image-pipeline.ts', (text) => text.replace('`tool-${', `\`${prefix}/tool-\${`));
    }
    for (const { uid, namespace: home } of this.tools) makeHome(join(homes(), home), uid);
  }

  /** `csb up`, which has to end well. */
  up(): Promise<string> {
    return this.must('up');
  }

  /** `csb rebuild --all`, which has to end well: what the registry has been made to forget is made again. */
  rebuild(): Promise<string> {
    return this.must('rebuild', '--all');
  }

  private async must(...args: readonly string[]): Promise<string> {
    const { code, output }: Result = await this.csb(...args);
    if (code !== 0) throw new Error(`csb ${args.join(' ')} ended with ${code}:\n${output}`);
    return output;
  }

  /** What a maintainer does, and `webservice restart`; returns when the new pods serve. */
  restartTools(): void {
    for (const { name, namespace } of this.tools) {
      kubectl('--namespace', namespace, 'rollout', 'restart', `deployment/${name}`);
      kubectl('--namespace', namespace, 'rollout', 'status', `deployment/${name}`, '--timeout=180s');
    }
  }

  /**
   * Makes the registry forget what is in its repositories.
   *
   * @param only - the names of these. @default - all
   */
  async forgetImages(only?: readonly string[]): Promise<void> {
    for (const repository of only ?? (await repositories(`${this.prefix}/`)))
      for (const tag of await tagsOf(repository)) await forget(`${REGISTRY}/${repository}:${tag}`);
  }

  override async remove(): Promise<void> {
    await super.remove();
    await this.forgetImages();
    for (const { namespace } of this.tools) rmSync(join(homes(), namespace), { recursive: true, force: true });
  }
}

function makeHome(home: string, uid: number): void {
  for (const folder of ['', 'www', 'www/python', 'www/python/src']) {
    mkdirSync(join(home, folder), { recursive: true });
    chownSync(join(home, folder), uid, uid);
    // Set-group-id: what a maintainer makes in a home belongs to the tool.
    chmodSync(join(home, folder), 0o2775);
  }
  writeFileSync(join(home, 'www/python/src/app.py'), APPLICATION);
}
