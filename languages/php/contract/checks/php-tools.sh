#!/bin/bash
# Composer; and until Debian 12 the program that draws SVG, with fonts of every script. Bullseye has Python, too.
set -euo pipefail
has 'composer --version' 'Composer' "$(composer --version --no-interaction 2> /dev/null < /dev/null | grep -m 1 '^Composer' || true)"
if [ "$CONTRACT_LANGUAGE_VERSION" != 8.4 ]; then
  has 'rsvg-convert --version' rsvg-convert "$(rsvg-convert --version 2>&1 || true)"
  atLeast 'fonts (fc-list)' 690 "$(fc-list 2> /dev/null | wc -l)"
fi
if [ "$CONTRACT_LANGUAGE_VERSION" = 7.4 ]; then
  has 'python3 -V' 'Python 3.' "$(python3 -V 2>&1 || true)"
fi
