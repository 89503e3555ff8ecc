# shellcheck shell=bash
# The package index of a release, apart from the packages of the system that this runs in. Scripts that say `. apt.sh` have this text
# in its place (locked-packages.ts).
apt_state=$(mktemp --directory)
apt=(
  -o "Dir::State=$apt_state/state" -o "Dir::State::status=$apt_state/status" -o "Dir::Cache=$apt_state/cache"
  -o "Dir::Etc::SourceList=$apt_state/sources.list" -o "Dir::Etc::SourceParts=/dev/null"
  -o "Dir::Etc::Preferences=/dev/null" -o "Dir::Etc::PreferencesParts=/dev/null"
  -o APT::Architecture=amd64 -o APT::Install-Recommends=false -o APT::Sandbox::User=root -o Acquire::Retries=5
  # An index that cannot be had is no index in which things have vanished.
  -o APT::Update::Error-Mode=any
)

sources() {
  printf 'deb %s main\n' "$MIRROR $SUITE" "$MIRROR $SUITE-updates" "$SECURITY_MIRROR $SUITE-security"
}

apt_index() {
  mkdir --parents "$apt_state/state/lists/partial" "$apt_state/cache/archives/partial"
  touch "$apt_state/status"
  sources >"$apt_state/sources.list"
  apt-get "${apt[@]}" --quiet --quiet update
}

# All versions that the mirror has: a line of name, version and SHA-256 for each.
available() {
  # Packages of the architecture and of all; fields begin a line, and a stanza ends with an empty one.
  find "$apt_state/state/lists" -maxdepth 1 -name '*_Packages*' -exec /usr/lib/apt/apt-helper cat-file {} + |
    awk '/^Package: /{name=$2} /^Version: /{version=$2} /^SHA256: /{sum=$2} /^$/{print name, version, sum}' | sort --unique
}

# Whether the mirror gives the files of these packages (name=version). An index can name what is gone.
can_be_fetched() {
  local scratch fetched=0
  scratch=$(mktemp --directory)
  (cd "$scratch" && apt-get "${apt[@]}" --quiet --quiet download "$@") >"$apt_state/fetched" 2>&1 || fetched=1
  rm --recursive "$scratch"
  return "$fetched"
}

# The lock (lines of name, version, SHA-256, and perhaps those of a fallback), as lines of name, version and SHA-256 for this mirror: all
# fallbacks or none, since packages of one source go together. What is not taken is written to /work/substituted.
without_fallbacks() {
  local newest
  mapfile -t newest < <(awk 'NF > 3 {print $1 "=" $2}' <<<"$1")
  if [ ${#newest[@]} = 0 ] || can_be_fetched "${newest[@]}"; then
    awk 'NF {print $1, $2, $3}' <<<"$1"
    return
  fi
  echo 'the mirror does not have all of these, which the lock names:' >&2
  printf '  %s\n' "${newest[@]}" >&2
  grep '^E: ' "$apt_state/fetched" | sort --unique | sed 's/^E: /  /' >&2 || true
  [ "$VANISHED" = substitute ] || { echo 'a build that takes the fallbacks of the lock has vanishedPackages: substitute' >&2; return 1; }
  echo 'taking the fallbacks of the lock (vanishedPackages: substitute)' >&2
  awk 'NF > 3 {print $1, $2}' <<<"$1" >>/work/substituted
  awk 'NF > 3 {print $1, $4, $5; next} NF {print $1, $2, $3}' <<<"$1"
}

# Writes the preferences by which apt takes the versions of the lock and nothing else. What the mirror has dropped ends the build, or is
# left to the mirror's newest and written to /work/substituted.
pin() {
  local locked preferences=$2
  : >/work/substituted
  locked=$(without_fallbacks "$1") || exit 1
  printf '%s' "$locked" | grep . | sort >"$apt_state/lock" || true
  available >"$apt_state/available"
  comm -23 "$apt_state/lock" "$apt_state/available" >"$apt_state/gone"
  comm -12 "$apt_state/lock" "$apt_state/available" |
    awk '{printf "Package: %s\nPin: version %s\nPin-Priority: 1001\n\n", $1, $2}' >"$preferences"
  if [ -s "$apt_state/gone" ]; then
    : >"$apt_state/dropped"
    while read -r name version sum; do
      other=$(awk -v name="$name" -v version="$version" '$1 == name && $2 == version {print $3}' "$apt_state/available")
      [ -z "$other" ] || { echo "$name $version: the lock says sha256 $sum, the mirror has $other; that is not an update" >&2; exit 1; }
      echo "$name $version" >>"$apt_state/dropped"
    done <"$apt_state/gone"
    echo "the mirror has these versions of the lock no more:" >&2
    sed 's/^/  /' "$apt_state/dropped" >&2
    [ "$VANISHED" = substitute ] || { echo 'lock the new ones with: npm run csb -- lock' >&2; exit 1; }
    echo 'taking the newest ones (vanishedPackages: substitute)' >&2
    cat "$apt_state/dropped" >>/work/substituted
  else
    printf 'Package: *\nPin: release *\nPin-Priority: -1\n' >>"$preferences"
  fi
}
