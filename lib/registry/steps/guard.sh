# shellcheck shell=bash
# What is looked at between what was built and a step with credentials. Scripts that say `. guard.sh` have this text in its place
# (registry-scripts.ts).

refuse() {
  echo "guard: $*. No credential was opened, and nothing was pushed" >&2
  exit 1
}

# What find says of a file, in words.
described='%p is of type %y (f: file, d: folder, l: link, p, s, b, c: special), has %n names, leads to "%l"\n'

# Of Tekton's folders that every step can write; it reads them at the end of every step. (Only later versions have artifacts.)
nothing_for_tekton() {
  local folder found
  for folder in /tekton/results /tekton/artifacts; do
    [ -d "$folder" ] || continue
    found=$(find "$folder" -mindepth 1 -printf "$described" -quit 2>&1) || refuse "$folder cannot be read: $found"
    [ -z "$found" ] || refuse "$found; expected is that a build leaves nothing in $folder"
  done
}

# plain PATH...: folders, and files of one name, all the way down.
plain() {
  local found
  found=$(find "$@" ! -type d ! \( -type f -links 1 \) -printf "$described" -quit 2>&1) || refuse "$* cannot be read: $found"
  [ -z "$found" ] || refuse "$found; expected is a file with one name, or a folder"
}
