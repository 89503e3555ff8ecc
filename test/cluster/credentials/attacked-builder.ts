/** A builder whose one buildpack does what the descriptor says, in shell: `{"attack": "..."}`. It stands on the toolbox, and is its own run image. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { registryAddress, registryName } from '../../../local/addresses';

const FILES = {
  'order.toml': '[[order]]\n[[order.group]]\nid = "test/attack"\nversion = "0.0.1"\n',
  'buildpacks/test_attack/0.0.1/buildpack.toml':
    'api = "0.12"\n[buildpack]\nid = "test/attack"\nversion = "0.0.1"\n[[targets]]\nos = "linux"\n',
  'buildpacks/test_attack/0.0.1/bin/detect': '#!/bin/sh\n',
  'buildpacks/test_attack/0.0.1/bin/build': `#!/bin/bash
set -euo pipefail
mkdir "$CNB_LAYERS_DIR/layer"
printf '[types]\\nlaunch = true\\n' >"$CNB_LAYERS_DIR/layer.toml"
echo built >"$CNB_LAYERS_DIR/layer/file"
eval "$(jq --raw-output .attack platform-image.json)"
`,
} as const;

export interface AttackedBuilder {
  readonly toolbox: string;
  /** The toolbox by its digest. */
  readonly runImage: string;
  readonly builder: string;
}

/** Puts it into the registry of the embedded platform, by its content. */
export function attackedBuilder(toolbox: string): AttackedBuilder {
  const folder = mkdtempSync(join(tmpdir(), 'csb-attack-'));
  const local = (reference: string): string => `docker://${reference.replace(registryName, registryAddress)}`;
  const digest = execFileSync('skopeo', ['inspect', '--no-tags', '--tls-verify=false', '--format={{.Digest}}', local(toolbox)], {
    encoding: 'utf8',
  }).trim();
  const content = createHash('sha256')
    .update(JSON.stringify([digest, FILES]))
    .digest('hex')
    .slice(0, 16);
  const builder = `${registryName}/test/attacked-builder:c-${content}`;
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, 'cnb', path)), { recursive: true });
    writeFileSync(join(folder, 'cnb', path), text, { mode: text.startsWith('#!') ? 0o755 : 0o644 });
  }
  mkdirSync(join(folder, 'platform/env'), { recursive: true });
  const image = join(folder, 'image');
  execFileSync('skopeo', ['copy', '--quiet', '--src-tls-verify=false', local(toolbox), `oci:${image}:base`]);
  for (const [from, to] of [
    ['cnb/buildpacks', '/cnb/buildpacks'],
    ['cnb/order.toml', '/cnb/order.toml'],
    ['platform', '/platform'],
  ] as const)
    execFileSync('umoci', ['insert', '--image', `${image}:base`, join(folder, from), to]);
  execFileSync('skopeo', ['copy', '--quiet', '--dest-tls-verify=false', `oci:${image}:base`, local(builder)]);
  rmSync(folder, { recursive: true });
  return { toolbox, builder, runImage: `${toolbox.replace(/:[^:/]+$/, '')}@${digest}` };
}
