#!/bin/bash
# `pip3 install --user`: Debian's Python takes it until 3.9, and sends to virtual environments since 3.11. From then on legacy images have no
# pip3 outside of these: it is only recommended.
set -euo pipefail
[ "$CONTRACT_LANGUAGE_VERSION" = 3.9 ] || command -v pip3 >/dev/null || exit 0
wheels=$HOME/user-wheels
mkdir -p "$wheels"
/usr/bin/python3 - "$wheels" << 'PYTHON'
import sys, zipfile
info = 'contract_user-1.0.dist-info'
with zipfile.ZipFile(f'{sys.argv[1]}/contract_user-1.0-py3-none-any.whl', 'w') as wheel:
    wheel.writestr('contract_user.py', 'version = "1.0"\n')
    wheel.writestr(f'{info}/METADATA', 'Metadata-Version: 2.1\nName: contract_user\nVersion: 1.0\n')
    wheel.writestr(f'{info}/WHEEL', 'Wheel-Version: 1.0\nGenerator: contract\nRoot-Is-Purelib: true\nTag: py3-none-any\n')
    wheel.writestr(f'{info}/RECORD', f'contract_user.py,,\n{info}/METADATA,,\n{info}/WHEEL,,\n{info}/RECORD,,\n')
PYTHON
status=0
said=$(PYTHONUSERBASE=$HOME/user-base pip3 install --user --no-index --find-links "$wheels" contract_user 2>&1) || status=$?
if [ "$CONTRACT_LANGUAGE_VERSION" = 3.9 ]; then
  same 'pip --version' "$(pip3 --version 2>&1)" "$(pip --version 2>&1)"
  same 'pip3 install --user' 'ends with 0' "ends with $status$([ "$status" = 0 ] || echo ": $(tail -n 2 <<< "$said")")"
  same 'what it installed' 1.0 \
    "$(PYTHONUSERBASE=$HOME/user-base /usr/bin/python3 -c 'import contract_user; print(contract_user.version)' 2>&1 | tail -n 1)"
else
  has 'pip3 install --user' externally-managed-environment "$said"
fi
rm -rf "$wheels" "$HOME/user-base"
