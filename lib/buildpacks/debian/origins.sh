# shellcheck shell=bash
# Where a mirror has versions of what it has. Scripts that say `. origins.sh` have this text in its place (origins.ts); they have that of
# apt.sh before it.

# Of what is named on standard input, in the indexes `Packages` or `Sources`: a line of name, version and origin for each version. The origin is
# the suite, such as bookworm-security; where several have a version, all of them with commas.
origins() {
  # shellcheck disable=SC2154 # apt.sh has them
  xargs --no-run-if-empty apt-cache "${apt[@]}" madison |
    awk -F ' *[|] *' -v "kind=$1" '
      {sub(/^ */, "", $1); split($3, from, " "); sub(/\/.*/, "", from[2]); key = $1 " " $2}
      $3 ~ kind "$" {of[key] = of[key] (of[key] == "" ? "" : ",") from[2]}
      END {for (key in of) print key, of[key]}' | sort
}
