import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Registry, type Repository } from '../lib/registry/registry';
import { changeSettings } from '../lib/settings/change-settings';
import { readSettingsToBootstrap, type Settings } from '../lib/settings/settings';
import { packageCacheName } from '../local/addresses';
import { lifecycleImage } from '../local/images/lifecycle';
import { ensureComposed, layoutOf, type PlatformImage } from '../local/images/platform-image';
import { aptSources, toolboxImage } from '../local/images/toolbox';
import { run } from '../local/run';
import { ensureBuilt } from '../local/toolchain/build';
import { lifecycleVersion, toolPath } from '../local/toolchain/modules';
import { csb } from './csb';
import { ROOT } from './pulumi-stack';

export interface BootstrapOptions {
  /** A config.json of docker. @default - the caller's own, when there is one */
  readonly auth?: string;
  /** Makes a toolbox of what the mirror has today. @default false: the toolbox stays of the day that the settings name */
  readonly update?: boolean;
}

/**
 * `csb bootstrap`: makes what an environment needs before its first build, the toolbox and the CNB lifecycle, pushes it to the environment's
 * registry, and writes the digests into its settings. It runs on this machine, with the caller's credentials; a second time it changes nothing,
 * and says how old the packages of the toolbox are.
 *
 * @throws Error for the embedded platform, which makes its own, and when the registry refuses a push
 */
export async function bootstrap(environment: string, { auth, update = false }: BootstrapOptions): Promise<void> {
  const settings = readSettingsToBootstrap(ROOT, environment);
  if (environment === 'local') throw new Error("'local' is the embedded platform, which makes these images itself: npm start");
  const say = told();
  for (const module of ['lifecycle', 'csb-registry'] as const) await ensureBuilt(module, say);
  const registry = new Registry(settings.registry);
  const today = new Date().toISOString().slice(0, 10);
  const known = dayOf(settings.toolbox, registry.repository(toolboxImage().repository));
  const day = update ? today : (known ?? today);
  const images = { toolbox: toolboxImage(sourcesFor(settings), day), lifecycle: lifecycleImage() };
  const said = { toolbox: day, lifecycle: lifecycleVersion };
  const values: Record<string, string> = {};
  for (const key of ['toolbox', 'lifecycle'] as const) {
    await compose(images[key], say);
    const repository = registry.repository(images[key].repository);
    const reference = `${repository.tagged(said[key])}@${await push(images[key], repository, settings, auth ?? ownAuth())}`;
    values[`cloud-services-buildpacks:${key}`] = reference;
    console.log(`${key}: ${reference}`);
  }
  changeSettings(ROOT, environment, values);
  const age = (Date.parse(today) - Date.parse(day)) / (24 * 60 * 60 * 1000);
  console.log(
    age === 0
      ? "The toolbox's packages are of today."
      : `The toolbox's packages are of ${day}, ${age} days ago, or newer; to renew them: ${csb(environment, 'bootstrap --update')}`,
  );
  console.log(
    `Pulumi.${environment}.yaml names them by digest. Now: npm run synth, review dist/${environment}, ${csb(environment, 'up')}`,
  );
}

/**
 * Of which day the packages of an environment's toolbox are. What is pulled is the digest, whatever the tag of a reference names: that of the
 * toolbox says this day, and that of the lifecycle its version, by which builders know what it speaks.
 *
 * @param toolbox - as the settings have it; undefined comes of any other text, such as another environment's
 */
function dayOf(toolbox: string, repository: Repository): string | undefined {
  const start = repository.tagged('');
  return toolbox.startsWith(start) ? /^(\d{4}-\d{2}-\d{2})@/.exec(toolbox.slice(start.length))?.[1] : undefined;
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

/** @returns the digest of what was pushed, or was there already */
async function push(image: PlatformImage, repository: Repository, settings: Settings, auth: string | undefined): Promise<string> {
  const { host, plainHttp, certificateAuthority } = settings.registry;
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
    return stdout.trim();
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
