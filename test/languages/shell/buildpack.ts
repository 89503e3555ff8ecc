/** A buildpack as a builder holds it, and its two programs run as the lifecycle runs them. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { plainImage, platformImage, procfile } from '../../../languages/buildpacks';
import { partsOf } from '../../../languages/language';
import { mariadb } from '../../../languages/mariadb/language';
import { python } from '../../../languages/python/language';
import { shortId } from '../../../lib/images/descriptor';
import type { Outcome } from '../../buildpacks/shell/namespace';
import { temporaryFolder } from '../../buildpacks/shell/temporary-folder';

/** Our buildpacks, as the builders of Python's and MariaDB's images have them, by what is after `toolforge/` in their ids. */
export const OURS = new Map(
  [
    ...[...partsOf(python.at('3.11')), mariadb.at('11.8').part].flatMap(({ buildpack }) => buildpack ?? []),
    ...[platformImage, plainImage, procfile],
  ].map((each) => [shortId(each.id), each]),
);

export const partsOfWeb = {
  python: { version: '3.11' },
  uwsgi: {},
  'webservice-runner': { type: 'python' },
  'webservice-python-bootstrap': {},
};

export const descriptorOf = (parts: unknown): string => JSON.stringify({ format: 1, name: 'python311-sssd-web', parts });

export class Buildpack {
  readonly folder = join(temporaryFolder(), 'buildpack');
  readonly app = temporaryFolder();
  readonly layers = temporaryFolder();

  constructor(readonly name: string) {
    for (const { path, content, executable } of OURS.get(name)?.files ?? []) {
      const file = join(this.folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content, { mode: executable ? 0o755 : 0o644 });
    }
  }

  /** The application: a descriptor, or none. */
  describe(descriptor: string | undefined): this {
    if (descriptor !== undefined) writeFileSync(join(this.app, 'platform-image.json'), descriptor, { mode: 0o644 });
    return this;
  }

  detect(): Outcome & { readonly plan: string } {
    const plan = join(temporaryFolder(), 'plan.toml');
    const outcome = this.run('detect', { CNB_BUILD_PLAN_PATH: plan });
    return { ...outcome, plan: existsSync(plan) ? readFileSync(plan, 'utf8') : '' };
  }

  build(environment: Record<string, string> = {}, umask = '022'): Outcome {
    return this.run('build', { CNB_LAYERS_DIR: this.layers, ...environment }, umask);
  }

  /** The runtime as the builder gets it: a tar of `tree` (a script around files) and what is known of it. */
  withRuntime(tree: string, facts: Record<string, unknown> = {}): this {
    const runtime = join(this.folder, 'runtime');
    mkdirSync(runtime, { recursive: true });
    const prefix = join(this.layers, this.name);
    const script = `set -eu; umask 022; mkdir "$OUT/tree"; cd "$OUT/tree"; ${tree}; tar -cf "$OUT/runtime.tar" .; sha256sum <"$OUT/runtime.tar"`;
    const out = temporaryFolder();
    const { stdout, stderr, status } = spawnSync('/bin/sh', ['-c', script], {
      encoding: 'utf8',
      env: { ...process.env, OUT: out, prefix },
    });
    if (status !== 0) throw new Error(stderr);
    cpSync(join(out, 'runtime.tar'), join(runtime, `${this.name}.tar`));
    writeFileSync(
      join(runtime, 'runtime.json'),
      JSON.stringify({
        name: this.name,
        version: '3.11.14',
        prefix,
        sha256: stdout.slice(0, 64),
        source: { url: 'https://example.org/source.tar.xz', sha256: 'a'.repeat(64) },
        target: { os: 'linux', arch: 'amd64', distro: { name: 'debian', version: '12' } },
        ...facts,
      }),
    );
    return this;
  }

  layerFile(path: string): string {
    return readFileSync(join(this.layers, path), 'utf8');
  }

  private run(program: 'detect' | 'build', environment: Record<string, string>, umask = '022'): Outcome {
    const { status, stdout, stderr, error } = spawnSync(
      '/bin/sh',
      ['-c', `umask ${umask}; exec "$0"`, join(this.folder, 'bin', program)],
      {
        encoding: 'utf8',
        cwd: this.app,
        env: { PATH: process.env['PATH'], CNB_BUILDPACK_DIR: this.folder, ...environment },
      },
    );
    if (error !== undefined) throw error;
    return { code: status, stdout, stderr };
  }
}
