# shellcheck shell=bash
# A launch layer that any UID can use: world-readable, owned by nobody in particular, without the launcher's env folders.
umask 022

# new_layer NAME: an empty layer; sets `layer` to its path.
new_layer() {
  layer=$CNB_LAYERS_DIR/$1
  rm -rf "$layer" "$layer.toml"
  mkdir "$layer"
}

buildpack_version() {
  sed -n 's/^version = "\(.*\)"$/\1/p' "$CNB_BUILDPACK_DIR/buildpack.toml"
}

# finish_layer NAME VERSION FINGERPRINT: exports it, and says what it is to the next build of the image.
finish_layer() {
  printf '[types]\nlaunch = true\nbuild = false\ncache = false\n\n[metadata]\nversion = "%s"\nfingerprint = "%s"\n' \
    "$2" "$3" >"$CNB_LAYERS_DIR/$1.toml"
}

# sbom NAME: CycloneDX from the components on stdin ([{name, version, ...}]); nothing in it changes from run to run.
sbom() {
  jq '{bomFormat: "CycloneDX", specVersion: "1.5", version: 1, components: .}' >"$CNB_LAYERS_DIR/$1.sbom.cdx.json"
}

# lay_script FILE NAME: a layer NAME whose only content is bin/NAME.
lay_script() {
  local version sum
  version=$(buildpack_version)
  sum=$(sha256sum <"$1")
  sum=${sum%% *}
  new_layer "$2"
  mkdir "$layer/bin"
  install --mode=0755 "$1" "$layer/bin/$2"
  check_any_uid "$layer"
  jq --null-input --arg name "$2" --arg version "$version" --arg sum "$sum" \
    '[{type: "application", "bom-ref": $name, name: $name, version: $version, hashes: [{alg: "SHA-256", content: $sum}]}]' | sbom "$2"
  finish_layer "$2" "$version" "$sum"
  echo "laid $layer/bin/$2"
}

# check_any_uid FOLDER: fails when some UID could not use it, or when it gives a UID anything beyond reading and executing.
check_any_uid() {
  local folder link target
  local -a wrong
  folder=$(realpath "$1")
  # A volume with an fsGroup hands its setgid bit to every new folder: the volume's doing, not the runtime's.
  find "$folder" -type d -perm /2000 -exec chmod g-s {} +
  mapfile -t wrong < <(
    find "$folder" \( \
      \( -type f ! -perm -0444 \) -o \( -type d ! -perm -0555 \) -o \( -type f -perm /0111 ! -perm -0111 \) -o \
      \( ! -type l -perm /7022 \) -o \( ! -type f ! -type d ! -type l \) \
      \) -printf '%M %p\n' | LC_ALL=C sort
  )
  [ ${#wrong[@]} -eq 0 ] ||
    fail "${#wrong[@]} of $folder not fit for any UID (expected files a+r, folders a+rx, nothing g+w, o+w or with special bits):" \
      "$(printf '\n%s' "${wrong[@]:0:5}")"
  while IFS= read -r -d '' link; do
    target=$(realpath --canonicalize-existing --quiet "$link") || fail "$link leads nowhere: $(readlink "$link")"
    case $target in
      "$folder"/*) ;;
      *) fail "$link leads out of its layer: $target" ;;
    esac
  done < <(find "$folder" -type l -print0)
}
