#!/bin/bash
# In the run image, as a user that neither built nor owns a file: every layer can be read, none can be written, and every library that a
# program or library of a buildpack's layer needs is there. (What programs a source brings, and for which machine, is its own business.)
set -euo pipefail
shopt -s nullglob
problems=0
problem() {
  echo "$1" >&2
  problems=$((problems + 1))
}

# Whoever's buildpacks laid them; config and sbom are the lifecycle's own.
trees=(/workspace)
for folder in /layers/*/; do
  case $folder in
    /layers/config/ | /layers/sbom/) ;;
    *) trees+=("${folder%/}") ;;
  esac
done
[ ${#trees[@]} -gt 1 ] || { echo "no buildpack has laid anything into /layers" >&2; exit 1; }
# To files first: what fails to be listed ends the step.
find "${trees[@]}" \( -type d ! -perm -o=rx -o -type f ! -perm -o=r -o -type f -perm /u=x ! -perm -o=x \) >/tmp/closed
find "${trees[@]}" ! -type l -perm /o=w >/tmp/open
find "${trees[@]}" -type f -print0 >/tmp/files

while IFS= read -r path; do
  problem "$path: not every UID can read it ($(stat --format=%A "$path")); buildpacks run with umask 022 and chmod what they lay"
done </tmp/closed
while IFS= read -r path; do
  problem "$path: every UID can write it ($(stat --format=%A "$path"))"
done </tmp/open

elf=0
files=0
while IFS= read -r -d '' file; do
  files=$((files + 1))
  [[ $file != /workspace/* ]] || continue
  # Four bytes tell an ELF file.
  IFS= LC_ALL=C read -r -n 4 -d '' magic <"$file" || true
  [ "$magic" = $'\x7fELF' ] || continue
  elf=$((elf + 1))
  # An object (type 1), such as Python 3.9 keeps one, is for linkers, and no loader's.
  needed=$(/lib64/ld-linux-x86-64.so.2 --list "$file" 2>&1) || [ "$needed" = 'statically linked' ] ||
    [ "$(od --address-radix=n --skip-bytes=16 --read-bytes=2 --format=d2 "$file" | tr -d ' ')" = 1 ] ||
    problem "$file: the loader of the run image refuses it: $needed"
  ! missing=$(grep 'not found' <<<"$needed") || problem "$file needs what the run image has not: $missing; add the package to the stack"
done </tmp/files
[ "$problems" = 0 ] || { echo "$problems problems" >&2; exit 1; }
echo "checked as UID $(id -u): every UID can read $files files and write none; $elf ELF files find their libraries"
