#!/bin/bash
# What apt would install for sets of packages (SETS, in JSON), with versions, checksums and, of what runs, the shared libraries: the lock.
# A set that has `locked` stays as it is; what stands on it is resolved beside it. Prints the sets, and what apt or the mirror refused.
set -euo pipefail
# shellcheck source=SCRIPTDIR/../../debian/apt.sh
. apt.sh
work=$(mktemp --directory)
trap 'rm --recursive --force "$work" "$apt_state"' EXIT
cd "$work"
: >problems
: >sets
of() { jq --raw-output --arg set "$1" ".[\$set]$2" <<<"$SETS"; }

# What is wrong with a set, as lines on standard input; without a set, with the mirror.
problem() {
  sed 's/\x1b\[[0-9;]*m//g' | jq --raw-input --slurp --arg set "$1" '{set: $set, said: (split("\n") | map(select(. != "")) | unique)}' >>problems
}

# Of what apt says: its errors, and the relations that cannot be fulfilled.
refused() { grep --extended-regexp '^E: |^ [^ ]+ : ' "$1" || tail --lines=5 "$1"; }

# A set's packages with those of the sets it stands on, as lines of name and version. What is locked is taken as long as the mirror has it.
closure() {
  local set=$1 pins=$2 asked
  mapfile -t asked < <(
    while [ "$set" != null ]; do
      of "$set" '.packages[]'
      set=$(of "$set" .parent)
    done
  )
  # What does not go together, apt says on standard output.
  apt-get "${apt[@]}" -o "Dir::Etc::Preferences=$pins" --quiet --print-uris install '?essential' '?priority(required)' apt "${asked[@]}" \
    >uris || { cat uris >&2; return 1; }
  awk "/^'/ {print \$2}" uris | sed --regexp-extended 's/^([^_]+)_([^_]+)_.*$/\1 \2/; s/%3a/:/g' | sort
}

# Debian says in a library's package by which name programs find it: a line of library and version of its interface.
sonames() {
  mkdir debs
  (cd debs && awk '{print $1 "=" $2}' "../$1" | xargs --no-run-if-empty apt-get "${apt[@]}" --quiet --quiet download >&2)
  for package in debs/*.deb; do
    # Not every package has libraries.
    dpkg-deb --info "$package" shlibs 2>/dev/null | awk 'NF > 2 && $1 !~ /:$/ {print $1 " " $2}' || true
  done | sort --unique
  rm --recursive debs
}

# Packages (lines of name and version) that need another version of a package than the one that is locked (lines of the same).
unfit() {
  awk '{print $1 "=" $2}' "$1" | xargs --no-run-if-empty apt-cache "${apt[@]}" show 2>/dev/null |
    awk '/^Package: /{name=$2} /^(Pre-)?Depends: /{sub(/^[^:]*: /, ""); n = split($0, all, /, */)
      for (i = 1; i <= n; i++) if (all[i] !~ /\|/ && match(all[i], /^[^ :]+(:any)? \([<>=]+ [^)]+\)/)) {
        gsub(/[()]/, "", all[i]); sub(/:any/, "", all[i]); print name, all[i] } }' |
    while read -r name needed operator version; do
      has=$(awk -v name="$needed" '$1 == name {print $2}' "$2")
      [ -z "$has" ] || dpkg --compare-versions "$has" "$operator" "$version" || echo "$name needs $needed ($operator $version), locked is $has"
    done
}

echo "reading the index of $SUITE" >&2
if apt_index 2>index.said; then
  available >versions
else
  refused index.said | problem ''
  SETS='{}'
fi

for set in $(jq --raw-output 'keys_unsorted[]' <<<"$SETS"); do
  file=${set//\//-}
  parent=$(of "$set" .parent)
  if [ "$parent" = null ]; then : >none.all; before=none; else before=${parent//\//-}; fi
  if [ -e "$before.failed" ]; then : >"$file.failed"; continue; fi
  if [ "$(of "$set" .locked)" != null ]; then
    of "$set" '.locked | to_entries[] | "\(.key) \(.value)"' | sort - "$before.all" >"$file.all"
    cp "$file.all" "$file.kept"
    of "$set" '.sonames[]?' | sort --unique >"$file.sonames"
    continue
  fi
  [ ! -e "$before.kept" ] || cp "$before.kept" "$file.kept"
  awk '{printf "Package: %s\nPin: version %s\nPin-Priority: 1001\n\n", $1, $2}' "$file.kept" 2>/dev/null >"$file.pins" || true
  if ! closure "$set" "$file.pins" >"$file.all" 2>"$file.said"; then
    refused "$file.said" | problem "$set"
    : >"$file.failed"
    continue
  fi
  awk 'FILENAME == ARGV[1] {has[$1]; next} !($1 in has)' "$file.all" "$before.all" >"$file.lost"
  awk 'FILENAME == ARGV[1] {has[$1]; next} !($1 in has)' "$before.all" "$file.all" >"$file.own"
  # The first one that has name and version: the archive has a package of one version once.
  join -j 1 <(sed 's/ /=/' "$file.own" | sort) <(sed 's/ /=/' versions | sort) | sed 's/=/ /' >"$file.locked"
  {
    sed "s|^|it would do without this package of $parent: |" "$file.lost"
    [ ! -e "$file.kept" ] || unfit "$file.own" "$file.kept"
    awk 'FILENAME == ARGV[1] {has[$1]; next} !($1 in has) {print "the index has no checksum for " $0}' "$file.locked" "$file.own"
  } >"$file.wrong"
  if [ -s "$file.wrong" ]; then
    problem "$set" <"$file.wrong"
    : >"$file.failed"
    continue
  fi
  echo "$set: $(wc --lines <"$file.own") packages of its own, $(wc --lines <"$file.all") in all" >&2
  : >"$file.sonames"
  if [ "$(of "$set" '.sonames | type == "boolean" and .')" = true ]; then
    # What is kept says itself which libraries it has; the mirror may have newer ones by now.
    if [ -e "$before.sonames" ] && [ -e "$file.kept" ]; then
      sonames "$file.own" | sort --unique - "$before.sonames" >"$file.sonames"
    else
      sonames "$file.all" >"$file.sonames"
    fi
  fi
  jq --null-input --arg set "$set" --rawfile locked "$file.locked" --rawfile sonames "$file.sonames" '{
    ($set): {
      packages: ($locked | rtrimstr("\n") | split("\n") | map(select(. != "") | split(" ") | {(.[0]): {version: .[1], sha256: .[2]}}) | add // {}),
      sonames: ($sonames | rtrimstr("\n") | split("\n") | map(select(. != "")))
    }
  }' >>sets
done
jq --null-input --compact-output --slurpfile sets sets --slurpfile problems problems '{sets: ($sets | add // {}), problems: $problems}'
