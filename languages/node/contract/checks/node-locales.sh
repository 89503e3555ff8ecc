#!/bin/bash
# ICU with all of its data: Node with a small one formats every language as English.
set -euo pipefail
same 'Intl.NumberFormat("de-DE") of 1234.5' 1.234,5 "$(/usr/bin/node -p 'new Intl.NumberFormat("de-DE").format(1234.5)' 2>&1 | tail -n 1)"
same 'a date in Japanese' 1970年1月 \
  "$(/usr/bin/node -p 'new Intl.DateTimeFormat("ja", { year: "numeric", month: "long", timeZone: "UTC" }).format(0)' 2>&1 | tail -n 1)"
