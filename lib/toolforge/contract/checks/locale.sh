#!/bin/bash
# Every locale is there, and the default one is set and loads.
set -euo pipefail
same LC_ALL en_US.UTF-8 "${LC_ALL:-not set}"
atLeast 'lines of locale -a' 300 "$(locale -a 2> /dev/null | wc -l)"
same 'warnings of locale' '' "$(locale 2>&1 > /dev/null || true)"
same 'warnings of bash' '' "$(/bin/bash -c : 2>&1)"
same 'LC_ALL=de_DE.UTF-8 date -d 2024-01-02 +%A' Dienstag "$(LC_ALL=de_DE.UTF-8 date -d 2024-01-02 +%A)"
same 'LC_ALL=ja_JP.UTF-8 locale charmap' UTF-8 "$(LC_ALL=ja_JP.UTF-8 locale charmap 2>&1)"
