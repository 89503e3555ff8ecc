# shellcheck shell=bash
# What a layer plan wants to know of packages. Scripts that say `. package-facts.sh` have this text in its place (package-facts.ts); they have
# that of apt.sh before it, and the folders `updates` and `changelogs`.

# Source and size of packages (lines of name, or of name=version), as the index has them: lines of name, source and bytes.
sizes() {
  # shellcheck disable=SC2154 # apt.sh has them
  { xargs --no-run-if-empty apt-cache "${apt[@]}" show --no-all-versions 2>/dev/null || true; } |
    awk '/^Package: /{name = $2; source = name} /^Source: /{source = $2} /^Size: /{bytes = $2}
      /^$/{print name, source, bytes}' | sort --unique --key=1,1
}

# Writes to updates/<source> on which days since SINCE the source of a package's file was changed, which the file says; once for each source.
# In some files the changelog is a link into another package of the source.
keep_updates() {
  local file=$1 package source
  { read -r package; read -r source; } < <(dpkg-deb --show --showformat="\${Package}\n\${source:Package}\n" "$file")
  [ ! -e "updates/$source" ] || return 0
  dpkg-deb --fsys-tarfile "$file" |
    tar --extract --one-top-level="changelogs/$package" --wildcards "./usr/share/doc/$package/changelog*" 2>/dev/null || true
  # Of a package that is Debian's own, the changelog has no other name than that of the authors elsewhere.
  for file in "changelogs/$package/usr/share/doc/$package"/changelog{.Debian,}{.gz,}; do
    if [ -f "$file" ] && [ ! -L "$file" ]; then
      gzip --decompress --stdout --force "$file" | changes >"updates/$source"
      return 0
    fi
  done
}

# The days of a changelog's entries since SINCE, such as
#   curl (7.88.1-10+deb12u5) bookworm-security; urgency=medium
#    -- A Person <a@person.test>  Sat, 10 Jun 2023 09:00:00 +0200
# without those for unstable, which come along with a new version and were never in the release.
changes() {
  awk -v since="$SINCE" '
    /^[a-z0-9][a-z0-9+.-]* \(/ {suite = $3}
    /^ -- .*>  / && suite !~ /^(unstable|experimental|sid|UNRELEASED)/ {
      sub(/^ -- .*>  */, ""); sub(/^[A-Za-z]+, */, "")
      day = sprintf("%04d-%02d-%02d", $3, (index("JanFebMarAprMayJunJulAugSepOctNovDec", $2) + 2) / 3, $1)
      if (day >= since) print day
    }'
}

# As JSON: of packages (lines as sizes prints them) source and bytes, and of each source when it was updated.
facts() {
  local source
  for source in updates/*; do [ ! -e "$source" ] || awk -v source="${source##*/}" 'BEGIN {print source} {print source, $1}' "$source"; done |
    jq --raw-input --slurp --rawfile sizes "$1" 'def lines: split("\n") | map(select(. != "") | split(" "));
      {facts: ($sizes | lines | map({(.[0]): {source: .[1], bytes: (.[2] | tonumber)}}) | add // {}),
       updates: (lines | group_by(.[0]) | map({(.[0][0]): (map(.[1] // empty) | sort)}) | add // {})}'
}
