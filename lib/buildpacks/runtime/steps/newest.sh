#!/bin/bash
# Of what runtimes are made from: whether it can be fetched, and the newest that can. WANTED (in JSON) is a list of {kind, name, version, files},
# each file a URL with its SHA-256. The kind is `dsc` (a source package), `orig` (of one the archive of its authors alone), `deb`, `npm` (a package of the
# registry NPM), or `url`, for which there is no index, and where this pod may not call. Prints for each, in this order: the files that are `gone`, those of newer versions that
# an index names and nobody has (`missing`), whether an index names it, and version, origin and files of what is newer, or of what there is instead.
set -euo pipefail
# shellcheck source=SCRIPTDIR/../../debian/apt.sh
. apt.sh
# shellcheck source=SCRIPTDIR/../../debian/origins.sh
. origins.sh
export LC_ALL=C.UTF-8
work=$(mktemp --directory)
trap 'rm --recursive --force "$work" "$apt_state"' EXIT
cd "$work"

# Those of source packages as well, which no other script reads.
sources() {
  printf 'deb %s main\n' "$MIRROR $SUITE" "$MIRROR $SUITE-updates" "$SECURITY_MIRROR $SUITE-security"
  printf 'deb-src %s main\n' "$MIRROR $SUITE" "$MIRROR $SUITE-updates" "$SECURITY_MIRROR $SUITE-security"
}

# Fetches what is at a URL to a file. Prints why it could not.
fetch() {
  curl --silent --show-error --fail --location --retry 5 --retry-connrefused --max-time 600 --output "$2" "${@:3}" "$1" 2>fetch.said ||
    sed --regexp-extended 's/^curl: \([0-9]+\) //' fetch.said | tail --lines=1
}

# Fetches a file of a URL. Prints why it cannot be had as it was named: by a SHA-256, or as npm does it.
fetch_named() {
  local why got
  why=$(fetch "$1" file)
  [ -z "$why" ] || { echo "$why"; return; }
  case $2 in
  sha512-*) got=sha512-$(printf '%b' "$(sha512sum <file | sed 's/ .*//; s/../\\x&/g')" | base64 --wrap=0) ;;
  *) got=$(sha256sum <file) ;;
  esac
  [ "${got%% *}" = "$2" ] || echo "expected $2, got ${got%% *}"
}

# The newest versions of a name that the indexes have, the newest first: lines of version and origin. Of npm, of the same major version. Three
# of them, since npm has hundreds, and each that cannot be fetched takes half a minute.
versions() {
  local kind=$1 name=$2 major=${3%%.*} why
  case $kind in
  dsc | orig) origins Sources <<<"$name" ;;
  deb) origins Packages <<<"$name" ;;
  npm)
    why=$(fetch "$NPM/$name" npm.json --header 'Accept: application/vnd.npm.install-v1+json')
    if [ -z "$why" ]; then
      jq --raw-output --arg name "$name" --arg major "$major" \
        '.versions | keys[] | select(test("^" + $major + "\\.[0-9]+\\.[0-9]+$")) | "\($name) \(.) npm"' npm.json
    else
      echo "$NPM does not say which versions of $name there are: $why" >&2
    fi
    ;;
  esac | awk -v "name=$name" '$1 == name {print $2, $3}' | sort --version-sort --reverse | awk 'NR <= 3'
}

# The files of a version: lines of URL and checksum.
files() {
  local kind=$1 name=$2 version=$3
  case $kind in
  dsc | orig) apt-get "${apt[@]}" --print-uris --only-source --download-only source "$name=$version" ;;
  deb) apt-get "${apt[@]}" --print-uris download "$name=$version" ;;
  npm)
    jq --raw-output --arg version "$version" --arg url "$NPM/$name/-/${name##*/}-$version.tgz" \
      '.versions[$version].dist | "'\''\($url)'\'' \(.integrity)"' npm.json
    ;;
  esac | sed --quiet --regexp-extended "s/^'([^']+)' (.* SHA256:)?([^ ]+)\$/\1 \3/p" |
    if [ "$kind" = orig ]; then grep --extended-regexp '\.orig\.tar\.[a-z0-9]+ ' || true; else cat; fi
}

# Fetches the files of a version (lines of URL and checksum), and writes them to `fetched` with their SHA-256, or to `missing` why not.
fetch_all() {
  local url sum why
  : >fetched
  while read -r url sum; do
    why=$(fetch_named "$url" "$sum")
    [ -z "$why" ] || { echo "$url $why" >>missing; return 1; }
    sum=$(sha256sum <file)
    echo "$url ${sum%% *}" >>fetched
  done
  [ -s fetched ]
}

# What of WANTED is one thing, in JSON.
look_up() {
  local kind name pinned url sum why version origin
  { read -r kind; read -r name; read -r pinned; } < <(jq --raw-output '.kind, .name, .version' <<<"$1")
  echo "looking for $name" >&2
  : >gone
  : >missing
  while read -r url sum; do
    why=$(fetch_named "$url" "$sum")
    [ -z "$why" ] || echo "$url $why" >>gone
  done < <(jq --raw-output 'select(.kind != "url").files[] | "\(.url) \(.sha256)"' <<<"$1")
  versions "$kind" "$name" "$pinned" >known
  : >newest
  while read -r version origin; do
    # Files are named without an epoch.
    [ -s gone ] || dpkg --compare-versions "${version#*:}" gt "$pinned" || break
    files "$kind" "$name" "$version" >named
    fetch_all <named || continue
    jq --null-input --arg version "${version#*:}" --arg origin "$origin" --rawfile files fetched \
      '{version: $version, origin: ($origin | split(",")),
        files: ($files | split("\n") | map(select(. != "") | split(" ") | {url: .[0], sha256: .[1]}))}' >newest
    break
  done <known
  jq --null-input --rawfile gone gone --rawfile missing missing --rawfile known known --slurpfile newest newest '
    def files: split("\n") | map(select(. != "") | capture("^(?<url>[^ ]+) (?<why>.*)$"));
    {gone: ($gone | files), missing: ($missing | files), isKnown: ($known != ""), newest: $newest[0]}'
}

echo "reading the index of $SUITE" >&2
apt_index
jq --compact-output '.[]' <<<"$WANTED" >wanted
while read -r thing; do look_up "$thing"; done <wanted | jq --compact-output --slurp .
