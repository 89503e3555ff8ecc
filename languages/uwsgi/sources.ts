import { fromDebian } from '../../lib/buildpacks/debian/debian-files';
import type { RuntimeOrigin } from '../../lib/buildpacks/runtime/runtime';
import { uwsgiRecipe } from './recipe';

/** The uWSGI of Debian 12, from its upstream source as Debian has it. */
export const uwsgiSource = {
  kind: 'source',
  recipe: uwsgiRecipe,
  source: fromDebian('pool/main/u/uwsgi', {
    'uwsgi_2.0.21.orig.tar.gz': '35a30d83791329429bc04fe44183ce4ab512fcf6968070a7bfba42fc5a0552a9',
  }),
} satisfies RuntimeOrigin;
