#!/bin/bash
# Asks the registry for the address. Found: the steps that follow have nothing to do.
set -euo pipefail
if skopeo inspect --retry-times 5 --tls-verify="$REGISTRY_TLS" --format '{{.Digest}}' "docker://$IMAGE" > /work/found 2> /work/answer; then
  echo "$IMAGE is in the registry already: $(cat /work/found)"
  exit
fi
rm /work/found
# What registries answer for a tag, and for a repository, that they do not have (OCI distribution spec, error codes).
if grep -qiE 'manifest unknown|name unknown|NAME_UNKNOWN|MANIFEST_UNKNOWN' /work/answer; then
  echo "$IMAGE is not in the registry yet"
  exit
fi
cat /work/answer >&2
! grep -qiE 'unauthorized|denied|forbidden' /work/answer || echo "give the registry's credentials: pushSecret in the environment's settings" >&2
exit 1
