# shellcheck shell=bash
# Typed into a `bash -il` of demo-two, as its maintainer would.
(
  set -eux
  rm -rf ~/www/python/venv
  python3 -m venv ~/www/python/venv
  ~/www/python/venv/bin/pip install --no-index --no-build-isolation ~/www/python/src/fnv1a-1.0.tar.gz
) </dev/null
exit $?
