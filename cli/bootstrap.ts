import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Registry } from '../lib/registry/registry';
import { changeSettings } from '../lib/settings/change-settings';
import { readSettings, type Settings } from '../lib/settings/settings';
import { packageCacheName } from '../local/addresses';
import { lifecycleImage } from '../local/images/lifecycle';
import { ensureComposed, layoutOf, type PlatformImage } from '../local/images/platform-image';
import { aptSources, toolboxImage } from '../local/images/toolbox';
import { run } from '../local/run';
import { ensureBuilt } from '../local/toolchain/build';
import { toolPath } from '../local/toolchain/modules';
import { ROOT } from './pulumi-stack';

export interface BootstrapOptions {
  /** A config.json of docker. @default - the caller's own, when there is one */
  readonly auth?: string;
}

/**
 * `csb bootstrap`: makes what an environment needs before its first build, the toolbox and the CNB lifecycle, pushes it to the environment's
 * registry, and writes the digests into its settings. It runs on this machine, with the caller's credentials; a second time it changes nothing.
 *
 * @throws Error for the embedded platform, which makes its own, and when the registry refuses a push
 */
export async function bootstrap(environment: string, { auth }: BootstrapOptions): Promise<void> {
  const settings = readSettings(ROOT, environment);
  if (environment === 'local') throw new Error("'local' is the embedded platform, which makes these images itself: npm start");
  const say = told();
  for (const module of ['lifecycle', 'csb-registry'] as const) await ensureBuilt(module, say);
  const images = { toolbox: toolboxImage(sourcesFor(settings)), lifecycle: lifecycleImage() };
  const references: Record<string, string> = {};
  for (const [key, image] of Object.entries(images)) {
    await compose(image, say);
    references[key] = await push(image, settings, auth ?? ownAuth());
    console.log(`${key}: ${references[key]}`);
  }
  const values = Object.entries(references).map(([key, value]): [string, string] => [`cloud-services-buildpacks:${key}`, value]);
  changeSettings(ROOT, environment, Object.fromEntries(values));
  console.log(
    `Pulumi.${environment}.yaml names them by digest. Now: npm run synth, review dist/${environment}, npm run csb -- up`,
  );
}

/** The environment's own mirror. That of the embedded platform has another name on this machine, which is where the image is made. */
function sourcesFor({ mirror }: Settings): readonly string[] | undefined {
  return mirror.debian.startsWith(`http://${packageCacheName}/`) ? undefined : aptSources(mirror);
}

async function compose(image: PlatformImage, say: (message: string) => void): Promise<void> {
  try {
    await ensureComposed(image, say);
  } catch (error) {
    const lines = (error as Error).message.split('\n').filter((line) => line.startsWith('E: '));
    if (lines.length === 0) throw error;
    const shown = lines.slice(0, 5).map((line) => `  ${line}`);
    throw new Error(
      [`${image.repository} cannot be made; can this machine reach the mirror of the settings?`, ...shown].join('\n'),
      { cause: error },
    );
  }
}

/** Where docker and its like keep what `docker login` was given. */
function ownAuth(): string | undefined {
  const file = join(process.env['DOCKER_CONFIG'] ?? join(homedir(), '.docker'), 'config.json');
  return existsSync(file) ? file : undefined;
}

/** @returns the reference of what was pushed, or was there already, by digest */
async function push(image: PlatformImage, settings: Settings, auth: string | undefined): Promise<string> {
  const { host, plainHttp, certificateAuthority } = settings.registry;
  const repository = new Registry(settings.registry).repository(image.repository);
  const folder = mkdtempSync(join(tmpdir(), 'csb-bootstrap-'));
  const authority = join(folder, 'authority.pem');
  if (certificateAuthority !== undefined) writeFileSync(authority, certificateAuthority);
  try {
    const command = ['push', '--layout', layoutOf(image), '--tag', 'latest', repository.tagged(image.tag)];
    const { exitCode, stdout } = await run(toolPath('csb-registry', 'csb-registry'), command, {
      env: {
        REGISTRY_AUTH_FILE: auth ?? '',
        REGISTRY_CA_FILE: certificateAuthority === undefined ? '' : authority,
        REGISTRY_PLAIN_HTTP: plainHttp ? host : '',
      },
      reject: false,
      onLine: (line) => {
        if (line.startsWith('csb-registry: ')) console.error(line);
      },
    });
    if (exitCode !== 0)
      throw new Error(
        `${repository.reference} was not pushed; the reason stands above. Credentials: ` +
          (auth ?? 'none; `docker login`, or name a config.json of docker with --auth'),
      );
    return `${repository.reference}@${stdout.trim()}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Says each thing once: how far a compiler is, is for a terminal that moves. */
function told(): (message: string) => void {
  const known = new Set<string>();
  return (message) => {
    const what = message.replace(/: \d+ packages compiled.*/, ': compiling');
    if (known.has(what)) return;
    known.add(what);
    console.log(what);
  };
}
