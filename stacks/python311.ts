import type { Construct } from 'constructs';
import { pythonFacade } from '../languages/python/facade';
import { pythonSource } from '../languages/python/sources';
import { uwsgiSource } from '../languages/uwsgi/sources';
import { Builder } from '../lib/buildpacks/builder/builder';
import { optional } from '../lib/buildpacks/builder/order';
import { runtimeNeeds } from '../lib/buildpacks/runtime/recipe';
import { Runtime } from '../lib/buildpacks/runtime/runtime';
import { Stack } from '../lib/buildpacks/stack/stack';
import { PlatformImage } from '../lib/images/platform-image';
import { EnvironmentChart } from '../lib/synth/chart';
import type { Bookworm } from './bookworm';
import { buildpacks } from './buildpacks';
import { readLock } from './locks/read-lock';
import type { PlatformChart } from './platform-chart';

/** Python 3.11 on Debian 12: an image for jobs and shells, and one for webservices, and since 2026 for jobs. */
export class Python311 extends EnvironmentChart {
  /** What builds them, and images of tools that want Python. */
  readonly builder: Builder;
  readonly base: PlatformImage;
  readonly web: PlatformImage;

  constructor(scope: Construct, { platform, bookworm }: { readonly platform: PlatformChart; readonly bookworm: Bookworm }) {
    super(scope, 'python311', platform.chartProps);
    const needs = [
      ...runtimeNeeds(pythonSource.recipe, bookworm.stack).run,
      ...runtimeNeeds(uwsgiSource.recipe, bookworm.stack).run,
    ];
    const stack = new Stack(this, 'bookworm-python311', {
      extends: bookworm.stack,
      packages: { run: [...new Set([...EXTENSION_BUILDING, ...needs])] },
      facade: pythonFacade('3.11'),
      lock: readLock('bookworm-python311'),
    });
    const python = new Runtime(this, 'python', { version: '3.11.2', builtOn: bookworm.stack, from: pythonSource });
    const uwsgi = new Runtime(this, 'uwsgi', { version: '2.0.21', builtOn: bookworm.stack, from: uwsgiSource, against: python });
    const { platformImage, procfile, ...parts } = buildpacks;
    this.builder = new Builder(this, 'python311', {
      stack,
      runtimes: [python, uwsgi],
      // Platform images and tools with parts; tools without any.
      order: [[...Object.values(parts).map(optional), platformImage, optional(procfile)], [procfile]],
    });
    this.base = new PlatformImage(this, 'python311-sssd-base', {
      pipeline: platform.images,
      builder: this.builder,
      parts: { python: { version: '3.11' } },
    });
    this.web = new PlatformImage(this, 'python311-sssd-web', {
      pipeline: platform.images,
      builder: this.builder,
      parts: {
        python: { version: '3.11' },
        uwsgi: {},
        'webservice-runner': { type: 'python' },
        'webservice-python-bootstrap': {},
      },
    });
  }
}

/** What maintainers build extensions with, in a shell of the image itself. */
const EXTENSION_BUILDING = [
  'build-essential',
  'libicu-dev',
  'libldap2-dev',
  'libmariadb-dev',
  'libmariadb-dev-compat',
  'libsasl2-dev',
];
