import { fromDebian } from '../../lib/buildpacks/debian/debian-files';
import type { RuntimeOrigin } from '../../lib/buildpacks/runtime/runtime';
import { pythonRecipe } from './recipe';

/** Debian 12's Python, with Debian's security fixes. */
export const pythonSource = {
  kind: 'source',
  recipe: pythonRecipe,
  source: fromDebian('pool/main/p/python3.11', {
    'python3.11_3.11.2-6+deb12u8.dsc': '197fa19ab45f41c820f40f6d9ead671c2ea29ddc53ba9424b36f1bf58458a10e',
    'python3.11_3.11.2.orig.tar.gz': '2411c74bda5bbcfcddaf4531f66d1adc73f247f529aee981b029513aefdbf849',
    'python3.11_3.11.2-6+deb12u8.debian.tar.xz': 'ece2d63c70ac0b7a401fbe6b51b0103be997c294a01a3865549be1862794ba97',
  }),
  packages: [
    fromDebian('pool/main/p/python-pip', {
      'python3-pip-whl_23.0.1+dfsg-1_all.deb': 'cc373690a1cb469fb301b9fe0125048e3102f2e365d1b2d27cab091ec89fccdc',
    }),
    fromDebian('pool/main/s/setuptools', {
      'python3-setuptools-whl_66.1.1-1+deb12u2_all.deb': '0eb54da9f3d47e42a1be5dd8285def8bbc6e2556131b9c4ce3bd781dfc4b425a',
    }),
    fromDebian('pool/main/w/wheel', {
      'python3-wheel-whl_0.38.4-2_all.deb': '692464277d0f6b20e02f7f7dd9d763ca1583f7c5c9cdaa532ad3e8174a4f61f6',
    }),
    fromDebian('pool/main/p/python-virtualenv', {
      'python3-virtualenv_20.17.1+ds-1_all.deb': '2be3c4215f1dc9bda6bcc90e66b93b776c7ad8eedce28995157563d0d9e306d7',
    }),
    fromDebian('pool/main/d/distlib', {
      'python3-distlib_0.3.6-1_all.deb': '52e6c1cf13d295dc43a24dd8527e2b8d8afd8267814d7b9658fd1a51f592e544',
    }),
    fromDebian('pool/main/p/python-filelock', {
      'python3-filelock_3.9.0-1+deb12u1_all.deb': '749e10150cd85f89044d75a5e0d7a840d12ca011c62bf1068c631c3998569ed5',
    }),
    fromDebian('pool/main/p/platformdirs', {
      'python3-platformdirs_2.6.0-1_all.deb': '6cd7b4dfd37a234858c761ee8dea609a55efc8e66382705803421890f5df5748',
    }),
  ],
} satisfies RuntimeOrigin;
