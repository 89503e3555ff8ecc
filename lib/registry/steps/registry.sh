# shellcheck shell=bash
# Asks and writes a registry. Scripts that say `. registry.sh` have this text in its place (registry-scripts.ts).

# The digest that a reference has, or nothing when the registry has no such thing; any other answer ends the script, so call it only as
# `x=$(current ...)`, where the failure counts.
current() {
  local answer
  answer=$(mktemp)
  ! skopeo inspect --no-tags --retry-times 5 --tls-verify="$REGISTRY_TLS" --format '{{.Digest}}' "docker://$1" 2>"$answer" || return 0
  # What registries answer for a tag, and for a repository, that they do not have (OCI distribution spec, error codes).
  ! grep -qiE 'manifest unknown|name unknown|NAME_UNKNOWN|MANIFEST_UNKNOWN' "$answer" || return 0
  cat "$answer" >&2
  ! grep -qiE 'unauthorized|denied|forbidden' "$answer" || echo "give the registry's credentials: pushSecret in the environment's settings" >&2
  exit 1
}

# From one reference in the registry to another, digest and all.
copy() {
  skopeo copy --quiet --retry-times 5 --preserve-digests --src-tls-verify="$REGISTRY_TLS" --dest-tls-verify="$REGISTRY_TLS" \
    "docker://$1" "docker://$2"
}
