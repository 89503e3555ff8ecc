#!/bin/bash
# An environment as the legacy image made it years ago: links to /usr/bin, `home = /usr/bin`, and a script with its absolute path.
# It is started with an empty environment, so that nothing but the paths can help.
set -euo pipefail
venv=$HOME/existing-venv
rm -rf "$venv"
mkdir -p "$venv/bin" "$venv/lib/python$CONTRACT_LANGUAGE_VERSION/site-packages"
ln -s /usr/bin/python3 "$venv/bin/python3"
ln -s python3 "$venv/bin/python"
ln -s python3 "$venv/bin/python$CONTRACT_LANGUAGE_VERSION"
printf 'home = /usr/bin\ninclude-system-site-packages = false\n' > "$venv/pyvenv.cfg"
echo 'word = "from the existing venv"' > "$venv/lib/python$CONTRACT_LANGUAGE_VERSION/site-packages/contract_existing.py"
printf '#!%s/bin/python3\nimport contract_existing, json, sys\nprint(contract_existing.word, sys.prefix)\n' "$venv" > "$venv/bin/say"
chmod +x "$venv/bin/say"
same 'existing-venv/bin/say in the home, with an empty environment' "from the existing venv $venv" "$(env -i "$venv/bin/say" 2>&1 | tail -n 1)"
case $CONTRACT_LANGUAGE_VERSION in
  3.9) libraries='libmariadb.so.3 libicuuc.so.67 libldap-2.4.so.2 libsasl2.so.2 libssl.so.1.1' ;;
  3.11) libraries='libmariadb.so.3 libicuuc.so.72 libldap-2.5.so.0 libsasl2.so.2 libssl.so.3' ;;
  3.13) libraries='libmariadb.so.3 libicuuc.so.76 libldap.so.2 libsasl2.so.2 libssl.so.3' ;;
  *) libraries='libmariadb.so.3 libsasl2.so.2 libssl.so.3' ;;
esac
missing=()
for library in $libraries; do
  loaded=$(env -i "$venv/bin/python" -c "import ctypes; ctypes.CDLL('$library'); print('loaded')" 2>&1 | tail -n 1) || true
  [ "$loaded" = loaded ] || missing+=("$library")
done
same 'libraries that compiled wheels need and that cannot be loaded' '' "${missing[*]}"
rm -r "$venv"
