# shellcheck shell=bash
# What is looked at between what was built and a step with credentials. Scripts that say `. guard.sh` have this text in its place
# (registry-scripts.ts).

refuse() {
  echo "guard: $*. No credential was opened, and nothing was pushed" >&2
  exit 1
}

# must_not_find EXPECTED PATH... CONDITION...: looks below paths, as find does, and says of the first thing what it is.
must_not_find() {
  local expected=$1 found path kind names target
  shift
  found=$(find "$@" -printf '%p\t%y\t%n\t%l\n' -quit 2>&1) || refuse "what was built cannot be looked at: $found"
  [ -n "$found" ] || return 0
  IFS=$'\t' read -r path kind names target <<<"$found"
  case $kind in
    l) kind="a link to $target" ;;
    f) kind="a file of $names names" ;;
    d) kind='a folder' ;;
    *) kind="a special file ($kind)" ;;
  esac
  refuse "$path is $kind; expected $expected"
}

# Of Tekton's folders that every step can write; it reads them at the end of every step. (Only later versions have artifacts.)
nothing_for_tekton() {
  local folder
  for folder in /tekton/results /tekton/artifacts; do
    [ ! -d "$folder" ] || must_not_find "is that a build leaves nothing in $folder" "$folder" -mindepth 1
  done
}

# plain PATH...: folders, and files of one name, all the way down.
plain() {
  must_not_find 'are files of one name, and folders' "$@" ! -type d ! \( -type f -links 1 \)
}
