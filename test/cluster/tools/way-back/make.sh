#!/bin/bash
# In a pod of demo-two, on our image, as the tool: environments in ~/way-back/environments, each made in another way.
set -euo pipefail
cd ~/way-back
mkdir environments
cd environments
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check --no-index --find-links=../wheels virtualenv
venv/bin/python -m venv venv-of-venv
venv/bin/virtualenv --quiet --no-download --no-seed newest-virtualenv
newest-virtualenv/bin/python -m venv --without-pip venv-of-newest-virtualenv
virtualenv --quiet --no-seed virtualenv
python3 -m venv --copies --without-pip copies
python3 -m venv --without-pip upgraded
venv/bin/python -m venv --upgrade --without-pip upgraded
(
  # shellcheck source=/dev/null
  . virtualenv/bin/activate
  python -m venv --without-pip activated
)
# A module in C, compiled here.
venv-of-venv/bin/pip install --quiet --disable-pip-version-check --no-index --no-build-isolation ~/www/python/src/fnv1a-1.0.tar.gz
