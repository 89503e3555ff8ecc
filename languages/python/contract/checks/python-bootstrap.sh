#!/bin/bash
# webservice-python-bootstrap --fresh makes ~/www/python/venv and installs requirements.txt. The packages are wheels made here, since no
# index can be reached.
set -euo pipefail
wheels=$HOME/wheels
mkdir -p "$wheels"
/usr/bin/python3 - "$wheels" << 'PYTHON'
import sys, zipfile
for name, version in (('wheel', '99.0'), ('contract_sample', '1.0')):
    info = f'{name}-{version}.dist-info'
    with zipfile.ZipFile(f'{sys.argv[1]}/{name}-{version}-py3-none-any.whl', 'w') as wheel:
        wheel.writestr(f'{name}/__init__.py', f'version = "{version}"\n')
        wheel.writestr(f'{info}/METADATA', f'Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n')
        wheel.writestr(f'{info}/WHEEL', 'Wheel-Version: 1.0\nGenerator: contract\nRoot-Is-Purelib: true\nTag: py3-none-any\n')
        wheel.writestr(f'{info}/RECORD', f'{name}/__init__.py,,\n{info}/METADATA,,\n{info}/WHEEL,,\n{info}/RECORD,,\n')
PYTHON
echo 'contract-sample==1.0' > "$HOME/www/python/src/requirements.txt"
export PIP_NO_INDEX=1 PIP_FIND_LINKS=$wheels PIP_DISABLE_PIP_VERSION_CHECK=1
status=0
said=$(/usr/local/bin/webservice-python-bootstrap --fresh 2>&1) || status=$?
same 'webservice-python-bootstrap --fresh' 'ends with 0' "ends with $status$([ "$status" = 0 ] || echo ": $(tail -n 2 <<< "$said")")"
[ "$status" != 0 ] || same 'contract-sample in ~/www/python/venv' 1.0 \
  "$("$HOME/www/python/venv/bin/python3" -c 'import contract_sample; print(contract_sample.version)' 2>&1 | tail -n 1)"
rm -r "$wheels"
