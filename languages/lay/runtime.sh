# shellcheck shell=bash
# A runtime: NAME.tar and runtime.json in the buildpack's folder runtime/, put there when the builder is made.

# runtime KEY: a value of runtime.json, such as .version.
runtime() {
  jq --raw-output "$1 // empty" "$CNB_BUILDPACK_DIR/runtime/runtime.json"
}

# check_runtime NAME LAYER: that the builder holds the runtime of this buildpack, made for this layer and this target.
check_runtime() {
  local file=$CNB_BUILDPACK_DIR/runtime/runtime.json key got expected
  [ -f "$file" ] || fail "no $file: this builder was made without the runtime $1"
  jq --exit-status --slurp '
    def sum: type == "string" and test("\\A[0-9a-f]{64}\\z");
    def text: type == "string" and length > 0;
    length == 1 and (.[0] | type == "object"
      and (keys - ["name", "version", "prefix", "sha256", "source", "target", "needs", "components"] == [])
      and (.name | text) and (.version | text and test("\\A[0-9A-Za-z.+~-]+\\z")) and (.prefix | text) and (.sha256 | sum)
      and (.source | (.url | text) and (.sha256 | sum))
      and (.target | (.os | text) and (.arch | text) and (.distro | (.name | text) and (.version | text)))
      and ((.needs // {}) | type == "object")
      and ((.components // []) | all(.[]; (.name | text) and (.version | text))))' "$file" >/dev/null ||
    fail "$file: expected {name, version, prefix, sha256, source: {url, sha256}," \
      "target: {os, arch, distro: {name, version}}, needs?: {PART: VERSION}, components?: [{name, version}]}"
  [ "$(runtime .name)" = "$1" ] || fail "$file: expected the runtime $1, got $(runtime .name)"
  [ "$(runtime .prefix)" = "$2" ] || fail "$file: the runtime was made for $(runtime .prefix), this layer is $2"
  for key in os arch distro.name distro.version; do
    expected=CNB_TARGET_${key//./_}
    expected=${expected^^}
    got=$(runtime ".target.$key")
    [ -z "${!expected:-}" ] || [ "$got" = "${!expected}" ] ||
      fail "$file: the runtime was made for $key $got, this image is for ${!expected} ($expected)"
  done
}

# What decides the content of the layer: the runtime and the buildpack that lays it.
runtime_fingerprint() {
  local sum
  sum=$(cd "$CNB_BUILDPACK_DIR" && cat runtime/runtime.json buildpack.toml bin/build lay/*.sh | sha256sum)
  echo "${sum%% *}"
}

# The fingerprint that the last build of this image left, if there was one.
restored_fingerprint() {
  [ ! -f "$CNB_LAYERS_DIR/$1.toml" ] || sed -n 's/^[[:space:]]*fingerprint = "\([0-9a-f]*\)"[[:space:]]*$/\1/p' "$CNB_LAYERS_DIR/$1.toml"
}

# runtime_sbom NAME [CPE]: the layer's components; vulnerability databases know the runtime by its CPE, with {version} in it.
runtime_sbom() {
  jq --arg cpe "${2:-}" '[{name, version, hashes: [{alg: "SHA-256", content: .sha256}],
        purl: "pkg:generic/\(.name)@\(.version | @uri)?download_url=\(.source.url | @uri)&checksum=sha256:\(.source.sha256)"}
       + (if $cpe == "" then {} else {cpe: (.version as $version | $cpe | sub("\\{version}"; $version))} end)]
      + (.components // [])
      | map({type: "application", "bom-ref": "\(.name)@\(.version)"} + .)' "$CNB_BUILDPACK_DIR/runtime/runtime.json" | sbom "$1"
}

# lay_runtime NAME CHECK [CPE]: the layer NAME with the runtime in it; CHECK is called with `layer` set, before the layer counts as made.
# A layer that the last build left with the same fingerprint is reused: its folder stays absent, the exporter takes it from that image.
lay_runtime() {
  local name=$1 check=$2 tar=$CNB_BUILDPACK_DIR/runtime/$1.tar version fingerprint
  check_runtime "$name" "$CNB_LAYERS_DIR/$name"
  version=$(runtime .version)
  fingerprint=$(runtime_fingerprint)
  runtime_sbom "$name" "${3:-}"
  if [ "$(restored_fingerprint "$name")" = "$fingerprint" ]; then
    rm -rf "${CNB_LAYERS_DIR:?}/$name"
    finish_layer "$name" "$version" "$fingerprint"
    echo "reusing the layer of $name $version"
    return
  fi
  [ -f "$tar" ] || fail "no $tar: this builder was made without the runtime $name"
  echo "$(runtime .sha256)  $tar" | sha256sum --check --quiet --strict - ||
    fail "$tar is not the runtime that runtime.json names: expected sha256 $(runtime .sha256), got $(sha256sum <"$tar" | cut -c1-64)"
  new_layer "$name"
  tar --extract --file="$tar" --directory="${layer:?}" --no-same-owner --no-same-permissions
  check_any_uid "$layer"
  "$check"
  finish_layer "$name" "$version" "$fingerprint"
  echo "laid $name $version into $layer"
}
