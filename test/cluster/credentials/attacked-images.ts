/** Images that do what a run says, in shell, `{"attack": "..."}`: a builder whose one buildpack does, and a parent of stacks whose `sort` does. Both are the toolbox beside that. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { registryAddress, registryName } from '../../../local/addresses';
import { contentHash } from '../../../lib/synth/content-hash';
import type { TlsRegistry } from '../tls-registry';

const BUILDER = {
  'cnb/order.toml': '[[order]]\n[[order.group]]\nid = "test/attack"\nversion = "0.0.1"\n',
  'cnb/buildpacks/test_attack/0.0.1/buildpack.toml':
    'api = "0.12"\n[buildpack]\nid = "test/attack"\nversion = "0.0.1"\n[[targets]]\nos = "linux"\n',
  'cnb/buildpacks/test_attack/0.0.1/bin/detect': '#!/bin/sh\n',
  'cnb/buildpacks/test_attack/0.0.1/bin/build': `#!/bin/bash
set -euo pipefail
mkdir "$CNB_LAYERS_DIR/layer"
printf '[types]\\nlaunch = true\\n' >"$CNB_LAYERS_DIR/layer.toml"
echo built >"$CNB_LAYERS_DIR/layer/file"
eval "$(jq --raw-output .attack platform-image.json)"
`,
  'platform/env/.keep': '',
} as const;

// The step `install` calls it once, as root.
const PARENT = {
  'usr/local/sbin/sort': `#!/bin/bash
eval "$(jq --raw-output .attack <<<"$SETTINGS")" </dev/null
exec /usr/bin/sort "$@"
`,
} as const;

type Files = Readonly<Record<string, string>>;

export interface AttackedImages {
  /** In the platform's registry, from which the node pulls without a password. */
  readonly builder: string;
  /** In the registry that is attacked: the toolbox by its digest, and the parent. */
  readonly runImage: string;
  readonly parent: string;
}

/**
 * Puts them into both registries, by their content.
 *
 * @param toolbox - as the settings of the embedded platform name it
 */
export function attackedImages(toolbox: string, registry: TlsRegistry): AttackedImages {
  const folder = mkdtempSync(join(tmpdir(), 'csb-attack-'));
  const local = (reference: string): string => `docker://${reference.replace(registryName, registryAddress)}`;
  const layout = join(folder, 'image');
  execFileSync('skopeo', ['copy', '--quiet', '--src-tls-verify=false', local(toolbox), `oci:${layout}:base`]);
  const digest = execFileSync('skopeo', ['inspect', '--format={{.Digest}}', `oci:${layout}:base`], { encoding: 'utf8' }).trim();
  const tagged = (name: string, files: Files): string => `test/${name}:c-${contentHash({ digest, files }).slice(0, 16)}`;
  const made = (name: string, files: Files): string => {
    execFileSync('umoci', ['tag', '--image', `${layout}:base`, name]);
    for (const top of new Set(Object.keys(files).map((path) => path.split('/')[0] ?? ''))) {
      const own = join(folder, name, top);
      for (const [path, text] of Object.entries(files).filter(([each]) => each.startsWith(`${top}/`))) {
        mkdirSync(dirname(join(folder, name, path)), { recursive: true });
        writeFileSync(join(folder, name, path), text, { mode: text.startsWith('#!') ? 0o755 : 0o644 });
      }
      execFileSync('umoci', ['insert', '--image', `${layout}:${name}`, own, `/${top}`]);
    }
    return `${layout}:${name}`;
  };
  const [builder, parent] = [tagged('attacked-builder', BUILDER), tagged('attacked-parent', PARENT)];
  const to = local(`${registryName}/${builder}`);
  execFileSync('skopeo', ['copy', '--quiet', '--dest-tls-verify=false', `oci:${made('builder', BUILDER)}`, to]);
  registry.put(made('parent', PARENT), parent);
  registry.put(`${layout}:base`, 'test/toolbox:base');
  rmSync(folder, { recursive: true });
  return {
    builder: `${registryName}/${builder}`,
    runImage: `${registry.name}/test/toolbox@${digest}`,
    parent: `${registry.name}/${parent}`,
  };
}
