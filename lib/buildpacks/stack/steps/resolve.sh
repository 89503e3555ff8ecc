#!/bin/bash
# What apt would install for sets of packages (SETS, in JSON), with versions, checksums, sizes and, of what runs, the shared libraries: the lock.
# Of each package also the origin, which no lock has: people are told of it.
# A set that has `locked` stays as it is; what stands on it is resolved beside it. Each file is fetched once: an index can name what is
# gone, for which a set gets what FALLBACKS (in JSON, by source package) names. Prints the sets, what apt or the mirror refused, and what
# layer plans want to know: size and source of these packages and of those in PLANNED (names), and when the sources of what was fetched
# were changed since SINCE.
set -euo pipefail
# shellcheck source=SCRIPTDIR/../../debian/apt.sh
. apt.sh
# shellcheck source=SCRIPTDIR/../../debian/origins.sh
. origins.sh
# shellcheck source=SCRIPTDIR/../../debian/package-facts.sh
. package-facts.sh
# One order for sort and join.
export LC_ALL=C.UTF-8
work=$(mktemp --directory)
trap 'rm --recursive --force "$work" "$apt_state"' EXIT
cd "$work"
: >problems
: >sets
: >gone
: >older
: >gone.said
mkdir shlibs updates changelogs
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

# Fetches packages (lines of name and version), each once: shlibs/ has what programs find their libraries by, `gone` those without a file.
fetch() {
  local package
  mkdir debs
  awk 'FILENAME == ARGV[1] {gone[$1]; next} !(($1 "=" $2) in gone) {print $1 "=" $2}' gone "$1" |
    while read -r package; do [ -e "shlibs/$package" ] || echo "$package"; done >wanted
  # Some at a time: a release has gigabytes.
  (cd debs && split --lines=100 ../wanted)
  for package in debs/x*; do
    [ -e "$package" ] || continue
    (cd debs && xargs apt-get "${apt[@]}" --quiet --quiet download) <"$package" >&2 2>>gone.said || true
    keep_parts
  done
  rm --recursive debs
  while read -r package; do [ -e "shlibs/$package" ] || echo "$package"; done <wanted >>gone
}

# Of files that were fetched: Debian says in a library's package by which name programs find it, a line of library and version of its
# interface; and in most packages, when the source was changed.
keep_parts() {
  local file name
  for file in debs/*.deb; do
    [ -e "$file" ] || continue
    name=$(dpkg-deb --show --showformat="\${Package}=\${Version}" "$file")
    # Not every package has libraries.
    dpkg-deb --info "$file" shlibs 2>/dev/null | awk 'NF > 2 && $1 !~ /:$/ {print $1 " " $2}' >"shlibs/$name" || true
    keep_updates "$file"
    rm "$file"
  done
}

# Packages (lines of name and version) with their checksums.
checksums() { join -j 1 <(sed 's/ /=/' "$1" | sort) <(sed 's/ /=/' versions | sort) | sed 's/=/ /'; }

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

# Of packages (lines of name and version) those that cannot be fetched.
unfetched() {
  fetch "$1"
  awk 'FILENAME == ARGV[1] {gone[$1]; next} ($1 "=" $2) in gone' gone "$1" | sort
}

# The source of each package (lines of name and version): lines of name and source.
source_names() {
  sed 's/ /=/' "$1" | xargs --no-run-if-empty apt-cache "${apt[@]}" show |
    awk '/^Package: /{name = $2; of[name] = name} /^Source: /{of[name] = $2} END {for (name in of) print name, of[name]}' | sort
}

# What apt said of a file that it could not fetch.
said_of() { grep --fixed-strings "/$1_" gone.said | sed --quiet --regexp-extended '1s/^.*(([0-9]{3} |File not found).*)$/\1/p'; }

# Writes to $1.older what a set has instead of packages that cannot be fetched, and instead of all else of the same source: lines of name
# and version. Prints what is wrong.
fall_back() {
  local file=$1 name version source
  unfetched "$file.own" >"$file.gone"
  : >"$file.older"
  : >"$file.sources"
  [ -s "$file.gone" ] || return 0
  source_names "$file.own" >"$file.sources"
  join "$file.gone" "$file.sources" >"$file.without"
  jq --raw-output 'to_entries[] | "\(.key) \(.value.version)"' <<<"$FALLBACKS" | sort >"$file.fallbacks"
  join -1 3 -2 1 -v 1 -o 1.1,1.2,1.3 <(sort --key=3 "$file.without") "$file.fallbacks" | while read -r name version source; do
    echo "the index names $name $version, which cannot be fetched: $(said_of "$name") (source $source)"
  done
  join -1 3 -2 1 -o 2.1,2.2 <(sort --key=3 "$file.without") "$file.fallbacks" | sort --unique |
    join -1 2 -2 1 -o 1.1,2.2 <(sort --key=2 "$file.sources") - | sort >"$file.older"
  sed 's/$/, a fallback, is not in the index/' <(comm -23 "$file.older" <(awk '{print $1, $2}' versions | sort --unique))
  unfetched "$file.older" | sed 's/$/, a fallback, cannot be fetched/'
  cat "$file.older" >>older
}

# The libraries of packages (lines of name and version).
libraries() {
  join -a 1 <(sort "$1") <(sort --unique older) | while read -r name version other; do
    cat "shlibs/$name=$version" 2>/dev/null || cat "shlibs/$name=$other"
  done | sort --unique
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
  checksums "$file.own" >"$file.locked"
  {
    sed "s|^|it would do without this package of $parent: |" "$file.lost"
    [ ! -e "$file.kept" ] || unfit "$file.own" "$file.kept"
    awk 'FILENAME == ARGV[1] {has[$1]; next} !($1 in has) {print "the index has no checksum for " $0}' "$file.locked" "$file.own"
    fall_back "$file"
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
      libraries "$file.own" | sort --unique - "$before.sonames" >"$file.sonames"
    else
      libraries "$file.all" >"$file.sonames"
    fi
  fi
  awk '{print $1 "=" $2}' "$file.own" | sizes >"$file.weights"
  awk 'FILENAME == ARGV[1] {bytes[$1] = " " $3; next} {print $0 bytes[$1]}' "$file.weights" "$file.locked" >"$file.sized"
  awk '{print $1}' "$file.own" | origins Packages |
    awk 'FILENAME == ARGV[1] {has[$1 " " $2]; next} ($1 " " $2) in has {print $1, $3}' "$file.own" - >"$file.origins"
  checksums "$file.older" | sort | join - "$file.sources" >"$file.fallback"
  jq --null-input --arg set "$set" --rawfile locked "$file.sized" --rawfile sonames "$file.sonames" --rawfile older "$file.fallback" \
    --rawfile origins "$file.origins" --argjson fallbacks "$FALLBACKS" '
    def lines: split("\n") | map(select(. != ""));
    def size: if .[3] then {size: (.[3] | tonumber)} else {} end;
    ($older | lines | map(split(" ") | {(.[0]): {fallback: {version: .[1], sha256: .[2], because: $fallbacks[.[3]].because}}}) | add // {}) as $older
    | {($set): {
        packages: ($locked | lines | map(split(" ") | {(.[0]): ({version: .[1], sha256: .[2]} + size)}) | add // {} | . * $older),
        sonames: ($sonames | lines),
        origins: ($origins | lines | map(split(" ") | {(.[0]): (.[1] | split(","))}) | add // {})
      }}' >>sets
done
{ cat ./*.all 2>/dev/null || true; xargs --no-run-if-empty printf '%s\n' <<<"$PLANNED"; } | awk '{print $1}' | sort --unique >weighed
sizes <weighed >weights
facts weights >facts.json
jq --null-input --compact-output --slurpfile sets sets --slurpfile problems problems --slurpfile facts facts.json \
  '{sets: ($sets | add // {}), problems: $problems} + $facts[0]'
