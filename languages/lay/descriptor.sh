# shellcheck shell=bash
# The descriptor that stands for the application of a platform image: which parts the image wants.
descriptor=platform-image.json

fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# problems_of PROGRAM [ARGUMENT...]: what a program of lay/ finds wrong with the descriptor; ends detection with 1 (error) when that is something.
problems_of() {
  local problems program=$CNB_BUILDPACK_DIR/lay/$1
  shift
  problems=$(jq -L "$CNB_BUILDPACK_DIR/lay" -L "$CNB_BUILDPACK_DIR" --raw-output --from-file "$program" "$@" "$descriptor") ||
    fail "$descriptor is not a readable JSON file"
  [ -z "$problems" ] || fail "$descriptor:"$'\n'"$problems"
}

# Ends detection with 100 (not for me) without a descriptor, and with 1 (error) when the descriptor is wrong.
read_descriptor() {
  [ -e "$descriptor" ] || exit 100
  command -v jq >/dev/null || fail "no jq in the build image; it is one of Toolforge's common tools"
  problems_of descriptor.jq --slurp
}

# wants PART: whether the image wants it.
wants() {
  jq --exit-status --arg part "$1" '.parts | has($part)' "$descriptor" >/dev/null
}

# option PART KEY: the value of one of the part's options.
option() {
  jq --raw-output --arg part "$1" --arg key "$2" '.parts[$part][$key] // empty' "$descriptor"
}

# The whole detection of a buildpack that brings one part.
detect_part() {
  read_descriptor
  wants "$1" || exit 100
  problems_of part.jq --arg part "$1"
  printf '[[provides]]\nname = "%s"\n\n[[requires]]\nname = "%s"\n' "$1" "$1" >"$CNB_BUILD_PLAN_PATH"
}
