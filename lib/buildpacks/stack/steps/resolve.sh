#!/bin/bash
# What apt would install for sets of packages (SETS, in JSON), with versions, checksums and, of what runs, the shared libraries: the lock.
set -euo pipefail
# shellcheck source=SCRIPTDIR/../../debian/apt.sh
. apt.sh
work=$(mktemp --directory)
cd "$work"
echo "reading the index of $SUITE" >&2
apt_index
available >versions

# A set's packages with those of the sets it stands on, as lines of name and version.
closure() {
  local asked
  mapfile -t asked < <(
    local set=$1
    while [ "$set" != null ]; do
      jq --raw-output --arg set "$set" '.[$set].packages[]' <<<"$SETS"
      set=$(jq --raw-output --arg set "$set" '.[$set].parent' <<<"$SETS")
    done
  )
  apt-get "${apt[@]}" --quiet --quiet --print-uris install '?essential' '?priority(required)' apt "${asked[@]}" |
    awk '{print $2}' | sed --regexp-extended 's/^([^_]+)_([^_]+)_.*$/\1 \2/; s/%3a/:/g' | sort
}

# Debian says in a library's package by which name programs find it: a line of library and version of its interface.
sonames() {
  sed 's/ .*//' "$1" | xargs apt-get "${apt[@]}" --quiet --quiet --yes --download-only install >&2
  for package in "$apt_state"/cache/archives/*.deb; do
    # Not every package has libraries.
    dpkg-deb --info "$package" shlibs 2>/dev/null | awk 'NF > 2 && $1 !~ /:$/ {print $1 " " $2}' || true
  done | sort --unique
  # apt names no file that it has already.
  rm "$apt_state"/cache/archives/*.deb
}

for set in $(jq --raw-output 'keys_unsorted[]' <<<"$SETS"); do
  file=${set//\//-}
  parent=$(jq --raw-output --arg set "$set" '.[$set].parent' <<<"$SETS")
  closure "$set" >"$file.all"
  if [ "$parent" = null ]; then : >none.all; before=none.all; else before=${parent//\//-}.all; fi
  lost=$(comm -13 "$file.all" "$before")
  [ -z "$lost" ] || { echo "$set would do without packages of $parent: $lost" >&2; exit 1; }
  comm -23 "$file.all" "$before" >"$file.own"
  # The first one that has name and version: the archive has a package of one version once.
  join -j 1 <(sed 's/ /=/' "$file.own" | sort) <(sed 's/ /=/' versions | sort) | sed 's/=/ /' >"$file.locked"
  [ "$(wc --lines <"$file.own")" = "$(wc --lines <"$file.locked")" ] || { echo "$set: the index has no checksum for some of its packages" >&2; exit 1; }
  echo "$set: $(wc --lines <"$file.own") packages of its own, $(wc --lines <"$file.all") in all" >&2
  if [ "$(jq --arg set "$set" '.[$set].sonames' <<<"$SETS")" = true ]; then sonames "$file.all"; fi >"$file.sonames"
  jq --null-input --arg set "$set" --rawfile locked "$file.locked" --rawfile sonames "$file.sonames" '{
    ($set): {
      packages: ($locked | rtrimstr("\n") | split("\n") | map(select(. != "") | split(" ") | {(.[0]): {version: .[1], sha256: .[2]}}) | add // {}),
      sonames: ($sonames | rtrimstr("\n") | split("\n") | map(select(. != "")))
    }
  }'
done | jq --slurp --compact-output add
