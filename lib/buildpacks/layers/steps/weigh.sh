#!/bin/bash
# Sizes, sources and updates of locked packages (PACKAGES: lines of name and version). Files are fetched until each source has
# said when it was changed, the smallest first. Prints them, in JSON, and which versions the mirror has no more.
set -euo pipefail
# shellcheck source=SCRIPTDIR/../../debian/apt.sh
. apt.sh
# shellcheck source=SCRIPTDIR/../../debian/package-facts.sh
. package-facts.sh
# One order for sort and join.
export LC_ALL=C.UTF-8
work=$(mktemp --directory)
trap 'rm --recursive --force "$work" "$apt_state"' EXIT
cd "$work"
mkdir updates changelogs

echo "reading the index of $SUITE" >&2
apt_index
available | awk '{print $1, $2}' | sort --unique >served
grep . <<<"$PACKAGES" | sort --unique >wanted
comm -12 wanted served | sed 's/ /=/' >there
# Of what is gone, the newest version says nearly the same.
comm -23 wanted served >gone
{ cat there; awk '{print $1}' gone; } >asked
sizes <asked >weights

# Lines of source, size and what is to be asked for, the smallest first.
join <(sed 's/=/ /' asked | sort) weights | awk 'NF == 4 {print $3, $4, $1 "=" $2} NF == 3 {print $2, $3, $1}' | sort --key=1,1 --key=2,2n >files
: >tried
# Of each source one; of one that does not say it, two, then four.
share=1
while :; do
  ls updates >known
  awk -v share="$share" '
    FILENAME == "known" {known[$1]; next}
    FILENAME == "tried" {tried[$1]; next}
    !($1 in known) && !($3 in tried) && seen[$1]++ < share {print $3}' known tried files >next
  share=$((2 * share))
  [ -s next ] || break
  cat next >>tried
  echo "asking $(wc --lines <next) packages when their sources were changed" >&2
  mkdir debs
  # Some at a time: a release has gigabytes.
  (cd debs && split --lines=100 ../next)
  for some in debs/x*; do
    (cd debs && xargs apt-get "${apt[@]}" --quiet --quiet download) <"$some" >&2 || true
    for file in debs/*.deb; do
      [ ! -e "$file" ] || { keep_updates "$file"; rm "$file"; }
    done
  done
  rm --recursive debs
done
awk 'FILENAME == "known" {known[$1]; next} !($1 in known) {print $1}' known files | sort --unique >silent
facts weights | jq --compact-output --rawfile gone gone --rawfile silent silent '. + {gone: ($gone | split("\n") | map(select(. != ""))), silent: ($silent | split("\n") | map(select(. != "")))}'
