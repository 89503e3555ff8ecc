/** The floors of the house (docs/ARCHITECTURE.md): imports go downward only. */
const floor = (name, from, to) => ({ name, severity: 'error', from: { path: from }, to: { path: to } });

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    floor('synth-stands-on-nothing', '^lib/synth/', '^(lib/(?!synth/)|stacks|cli|local)'),
    floor('schemas-stand-on-synth', '^lib/schema/', '^(lib/(?!schema/|synth/)|stacks|cli|local)'),
    floor('policies-stand-on-synth', '^lib/policy/', '^(lib/(?!policy/|synth/)|stacks|cli|local)'),
    floor('settings-stand-on-nothing', '^lib/settings/', '^(lib/(?!settings/)|stacks|cli|local)'),
    floor('tekton-knows-no-buildpacks', '^lib/tekton/', '^(lib/(?!tekton/|synth/|policy/)|stacks|cli|local)'),
    floor(
      'registry-knows-no-buildpacks',
      '^lib/registry/',
      '^(lib/(?!registry/|tekton/|synth/|policy/|settings/)|stacks|cli|local)',
    ),
    floor(
      'toolforge-knows-no-images',
      '^lib/toolforge/',
      '^(lib/(?!toolforge/|registry/|tekton/|synth/|policy/|settings/)|stacks|cli|local)',
    ),
    floor(
      'buildpacks-know-no-tools',
      '^lib/buildpacks/',
      '^(lib/(?!buildpacks/|registry/|tekton/|synth/|policy/|settings/)|stacks|cli|local)',
    ),
    floor(
      'images-know-no-deployment',
      '^lib/images/',
      '^(lib/(?!images/|buildpacks/|toolforge/|registry/|tekton/|synth/|policy/|settings/)|stacks|cli|local)',
    ),
    floor(
      'specification-stands-on-nothing',
      '^lib/buildpacks/specification/',
      '^(lib/(?!buildpacks/specification/)|stacks|cli|local)',
    ),
    floor('deploy-deploys-anything', '^lib/deploy/', '^(lib/(?!deploy/|schema/|synth/|tekton/)|stacks|cli|local)'),
    floor(
      'diff-compares-anything',
      '^lib/diff/',
      '^(lib/(?!diff/|synth/|tekton/|deploy/(annotations|attempts))|stacks|cli|local)',
    ),
    floor('languages-stand-on-lib', '^languages/', '^(lib/(deploy|diff)/|stacks|cli|local)'),
    floor('stacks-declare', '^stacks/', '^(lib/(deploy|diff)/|cli|local)'),
    floor('lib-is-used-never-uses', '^lib/', '^(languages|stacks|cli|local|main|deploy\\.ts)'),
    floor('local-knows-no-constructs', '^local/', '^(lib/(?!deploy/annotations)|languages|stacks)'),
    {
      name: 'only-deployment-knows-pulumi',
      severity: 'error',
      from: { path: '^(lib|languages|stacks|main)', pathNot: '^lib/deploy/' },
      to: { path: 'node_modules/@pulumi/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    exclude: { path: '^(dist|coverage)/' },
  },
};
