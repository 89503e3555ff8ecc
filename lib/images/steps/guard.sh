#!/bin/bash
# Copies what buildpacks have left to where they cannot write, and looks at the copy before a step with credentials reads it: buildpacks may
# still run when they seem to have ended. Has no credentials; what runs after it is of the toolbox.
set -euo pipefail
# shellcheck source=SCRIPTDIR/../../registry/steps/guard.sh
. guard.sh
umask 022
nothing_for_tekton

seal() {
  must_not_find 'are files, folders and links' "$1" ! -type d ! -type f ! -type l
  cp --recursive --no-dereference --preserve=mode,timestamps,links "$1/." "$2"
}
seal "$CNB_LAYERS_DIR" /sealed/layers
seal "$CNB_APP_DIR" /sealed/workspace

# What the exporter reads of itself: all but what is in a layer and in the application.
shopt -s nullglob dotglob
[ ! -e /sealed/layers/extended ] || refuse "$CNB_LAYERS_DIR/extended is there, which only extensions make, and builders here have none"
for path in /sealed/layers/*; do
  case $path in
    /sealed/layers/config | /sealed/layers/sbom) plain "$path" ;;
    *) must_not_find 'are files of one name, and folders' "$path" -maxdepth 1 ! -type d ! \( -type f -links 1 \) ;;
  esac
done
echo "sealed $(find /sealed -type f | wc --lines) files"
