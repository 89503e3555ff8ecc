import { fromDebian } from '../../lib/buildpacks/debian/debian-files';
import type { RuntimeOrigin } from '../../lib/buildpacks/runtime/runtime';
import { uwsgiRecipe } from './recipe';

/** The uWSGI of Debian 12, for Debian 11 as well, whose own is no longer in the archive; from its upstream source as Debian has it. */
export const uwsgi21Source = {
  kind: 'source',
  recipe: uwsgiRecipe,
  source: fromDebian('pool/main/u/uwsgi', {
    'uwsgi_2.0.21.orig.tar.gz': '35a30d83791329429bc04fe44183ce4ab512fcf6968070a7bfba42fc5a0552a9',
  }),
} satisfies RuntimeOrigin;

/** The uWSGI of Debian 13. */
export const uwsgi28Source = {
  kind: 'source',
  recipe: uwsgiRecipe,
  source: fromDebian('pool/main/u/uwsgi', {
    'uwsgi_2.0.28.orig.tar.gz': '4bb0762c5becb0414352cca664957206df4d6847e9a1c472e87708dc2cdad610',
  }),
} satisfies RuntimeOrigin;
