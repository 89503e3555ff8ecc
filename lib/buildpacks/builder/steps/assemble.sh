#!/bin/bash
# The builder: a layer for the lifecycle, one for each buildpack, one for what tells the lifecycle where things are.
set -euo pipefail
umask 022
created=1980-01-01T00:00:01Z

# Unpacks the layers of an image that were pulled as files.
unpack() {
  local layer
  mkdir --parents "$2"
  for ((layer = 1; ; layer++)); do
    [ -e "$1/$layer.tar.gz" ] || break
    tar --extract --gzip --no-same-owner --file="$1/$layer.tar.gz" --directory="$2"
  done
}

add_layer() {
  local tree=$1 what=$2 owner=$3
  # The entries, not the folder: the image's root stays root's.
  (cd "$tree" && tar --create --format=gnu --sort=name --mtime="$created" --owner="$owner" --group="$owner" --numeric-owner \
    --file=/work/layer.tar -- *)
  umoci raw add-layer --image /image/layout:base --history.created="$created" --history.created_by="$what" /work/layer.tar
  rm /work/layer.tar
}

unpack /image/lifecycle /work/tree-lifecycle
chmod --recursive u=rwX,go=rX /work/tree-lifecycle
add_layer /work/tree-lifecycle lifecycle 0

# The workspace holds <escaped id>/<version>/..., as the image will.
for folder in "$BUILDPACKS"/*/*; do
  [ -d "$folder" ] || continue
  name=${folder#"$BUILDPACKS"/}
  tree=/work/tree-${name//\//-}
  mkdir --parents "$tree/cnb/buildpacks/$name"
  # Kubernetes shows files of a ConfigMap as links.
  (cd "$folder" && find . -type f,l -exec cp --parents --dereference {} "$tree/cnb/buildpacks/$name" \;)
  [ ! -d "/image/runtimes/$name" ] || unpack "/image/runtimes/$name" "$tree/cnb/buildpacks/$name"
  chmod --recursive u=rwX,go=rX "$tree"
  add_layer "$tree" "buildpack $name" 0
done

tree=/work/tree-platform
mkdir --parents "$tree/cnb/build-config/env" "$tree/platform/env"
printf %s "$ORDER" >"$tree/cnb/order.toml"
printf %s "$RUN" >"$tree/cnb/run.toml"
[ -z "$SYSTEM" ] || printf %s "$SYSTEM" >"$tree/cnb/system.toml"
jq --raw-output '.[] | "\(.name)\t\(.content | @base64)"' <<<"$BUILD_CONFIG" >/work/build-config
while IFS=$'\t' read -r name content; do
  base64 --decode <<<"$content" >"$tree/cnb/build-config/env/$name"
done </work/build-config
add_layer "$tree" order 0
mkdir --parents /work/tree-user/layers /work/tree-user/workspace
add_layer /work/tree-user 'folders of the build user' "$CNB_UID"

umoci config --image /image/layout:base --no-history --created="$created" --config.workingdir=/layers \
  --config.label="io.buildpacks.builder.metadata=$METADATA" \
  --config.label="io.buildpacks.buildpack.order=$ORDER_LABEL"
