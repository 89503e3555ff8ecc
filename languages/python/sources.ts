import { fromDebian, fromSecurity } from '../../lib/buildpacks/debian/debian-files';
import type { RuntimeOrigin } from '../../lib/buildpacks/runtime/runtime';
import { python39Recipe, pythonRecipe } from './recipe';

/** Debian 11's Python, with the security fixes of Debian LTS. */
export const python39Source = {
  kind: 'source',
  recipe: python39Recipe,
  source: fromSecurity('pool/updates/main/p/python3.9', {
    'python3.9_3.9.2-1+deb11u7.dsc': 'dae824dd38ae9524f4d715c0cb2e144c9de20bb4f077194a132eac1475ebae85',
    'python3.9_3.9.2.orig.tar.xz': '3c2034c54f811448f516668dce09d24008a0716c3a794dd8639b5388cbde247d',
    'python3.9_3.9.2-1+deb11u7.debian.tar.xz': 'ee2581147074d1eb494adfb8223833eeaf1c6d04cf5c0593e93bec28194bc86d',
  }),
  packages: [
    fromSecurity('pool/updates/main/p/python-pip', {
      'python-pip-whl_20.3.4-4+deb11u2_all.deb': '0a3560a50cb0d706a58c4b69bc455aa6b7fb070bb8fea827b331ba461a265fef',
      'python3-pip_20.3.4-4+deb11u2_all.deb': '2890a90159197fae60dba82cf1c88335ec7b0bb8e286b277ec4ca97f80061eb4',
    }),
    fromSecurity('pool/updates/main/s/setuptools', {
      'python3-pkg-resources_52.0.0-4+deb11u2_all.deb': '02a86666b1e705e27eaaca2a379c1009c37a0d1f1db2f75ba4a4bde123f83d52',
      'python3-setuptools_52.0.0-4+deb11u2_all.deb': 'f21e9f55963642a015032360c62b535a7cd89f50e172c8cc53db474e9b17ed41',
    }),
    fromDebian('pool/main/w/wheel', {
      'python3-wheel_0.34.2-1_all.deb': 'f0f86c68209449a74cf577af72ebced4c73cf686ccf91ce754d3a37d7918560b',
    }),
    fromDebian('pool/main/p/python-virtualenv', {
      'python3-virtualenv_20.4.0+ds-2+deb11u1_all.deb': 'ad4e8ceb96517ab311fb80eb21eb7f63a1e90dae61f1714da8a7fc4789ecaf3c',
    }),
    fromDebian('pool/main/d/distlib', {
      'python3-distlib_0.3.2+really+0.3.1-0.1_all.deb': '68ca45f4116abbc3d5b4fe1e8a87b747e15fe71dd0a790ce471ffb903fe1d88d',
    }),
    fromDebian('pool/main/p/python-filelock', {
      'python3-filelock_3.0.12-2_all.deb': '7851b6c1629bcdec50ba647dca6440fce30685712cddfb39bb455ddbaf48127f',
    }),
    fromDebian('pool/main/a/appdirs', {
      'python3-appdirs_1.4.4-1_all.deb': '4db19c78c535f73d87f6740810c244a85cf77c2ba84fe7cec0d700728838b13d',
    }),
    fromDebian('pool/main/s/six', {
      'python3-six_1.16.0-2_all.deb': 'acd4271ba56e42298b9fab0fcdad8f319970b50d1026f8469eed968a20f28761',
    }),
    fromDebian('pool/main/p/python-importlib-metadata', {
      'python3-importlib-metadata_1.6.0-2_all.deb': '5cbcdae2c45a3c8ed5cb8aebb0de89359f8839b78a35f4a0920a931e839071b1',
    }),
    fromDebian('pool/main/p/python-zipp', {
      'python3-zipp_1.0.0-3_all.deb': 'a4cb2208fed720b1bcfb81615659ce09ed313f2d8c4e15b3c591d45e25764536',
    }),
    fromDebian('pool/main/m/more-itertools', {
      'python3-more-itertools_4.2.0-3_all.deb': 'f14d9fc5c548331fa176d61d3672c286ca41594872159ada08eefc81ac1a57f7',
    }),
  ],
} satisfies RuntimeOrigin;

/** Debian 12's Python, with Debian's security fixes. */
export const python311Source = {
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

/** Debian 13's Python, with Debian's security fixes. */
export const python313Source = {
  kind: 'source',
  recipe: pythonRecipe,
  source: fromDebian('pool/main/p/python3.13', {
    'python3.13_3.13.5-2+deb13u5.dsc': '4be84e20fb902354fa86955e2fbea6e8bdbd158f54833423488308a9b3532662',
    'python3.13_3.13.5.orig.tar.xz': '93e583f243454e6e9e4588ca2c2662206ad961659863277afcdb96801647d640',
    'python3.13_3.13.5-2+deb13u5.debian.tar.xz': 'a51f456e654ce2c9b40cc1db8005e5041cdb0b2c3aa96ab0871c49fe95280366',
  }),
  packages: [
    fromDebian('pool/main/p/python-pip', {
      'python3-pip-whl_25.1.1+dfsg-1_all.deb': 'e65351935aa4af2b10ae2abb5744f5059e9abad51aea6cd0cb825702010763f7',
    }),
    fromDebian('pool/main/s/setuptools', {
      'python3-setuptools-whl_78.1.1-0.1_all.deb': '0caf134e73ab90ffeaa5ce2529d73ea7d48078b2a9251ed9d1b7b514a61e9483',
    }),
    fromDebian('pool/main/w/wheel', {
      'python3-wheel-whl_0.46.1-2_all.deb': '1a1aacd0f51ca2bb62b4b7395286f461adfb53f4b6e0f8cfe7b28b6ea04c3f3d',
    }),
    fromDebian('pool/main/p/python-virtualenv', {
      'python3-virtualenv_20.31.2+ds-1+deb13u1_all.deb': 'a3af56f9172dceaf7ad10fb189b9021833585e8b79569a3f04a230a6d6886aa2',
    }),
    fromDebian('pool/main/d/distlib', {
      'python3-distlib_0.3.9-1_all.deb': 'e463db51fa1115c68f9eadae270acb429820cc28f0a71f58121ae2af986c0b0f',
    }),
    fromDebian('pool/main/p/python-filelock', {
      'python3-filelock_3.18.0-1+deb13u1_all.deb': '809dc431ac61c4b12ee4f399a510fb5aaea4e6e5f90dd44190a14d96ad40604f',
    }),
    fromDebian('pool/main/p/platformdirs', {
      'python3-platformdirs_4.3.7-1_all.deb': '53e10f9029f195496f26f224f7166e9a5dceb58cc0242a9b167485bfc16a4b97',
    }),
  ],
} satisfies RuntimeOrigin;
