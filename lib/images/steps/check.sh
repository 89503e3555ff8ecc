#!/bin/bash
# In the run image, as a user that neither built nor owns a file: every layer can be read, none can be written, and every library that a
# program or library of a layer needs is there.
set -euo pipefail
[ ! -e /work/found ] && [ ! -e /work/rebase ] || exit 0
problems=0
problem() {
  echo "$1" >&2
  problems=$((problems + 1))
}

while IFS= read -r path; do
  problem "$path: not every UID can read it ($(stat --format=%A "$path")); buildpacks run with umask 022 and chmod what they lay"
done < <(find /layers/toolforge_* /workspace \( -type d ! -perm -o=rx -o -type f ! -perm -o=r -o -type f -perm /u=x ! -perm -o=x \))
while IFS= read -r path; do
  problem "$path: every UID can write it ($(stat --format=%A "$path"))"
done < <(find /layers/toolforge_* /workspace ! -type l -perm /o=w)

elf=0
while IFS= read -r -d '' file; do
  # Four bytes tell an ELF file.
  IFS= LC_ALL=C read -r -n 4 -d '' magic <"$file" || true
  [ "$magic" = $'\x7fELF' ] || continue
  elf=$((elf + 1))
  missing=$(/lib64/ld-linux-x86-64.so.2 --list "$file" 2>&1 | grep 'not found' || true)
  [ -z "$missing" ] || problem "$file needs what the run image has not: $missing; add the package to the stack"
done < <(find /layers/toolforge_* -type f -print0)
[ "$problems" = 0 ] || { echo "$problems problems" >&2; exit 1; }
echo "checked as $(id -u): $(find /layers/toolforge_* | wc -l) files are readable and not writable by every UID; $elf ELF files find their libraries"
