#!/bin/bash
# Asks the registry for the address. Found: the steps that follow have nothing to do.
set -euo pipefail
path=${IMAGE#*/}
repository=${path%:*}
tag=${path##*:}
accept='Accept: application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json'
status=$(curl --silent --show-error --head --header "$accept" --output /work/answer --write-out '%{http_code}' \
  --retry 5 --retry-connrefused --max-time 60 "$REGISTRY_URL/v2/$repository/manifests/$tag")
case $status in
  200)
    tr -d '\r' < /work/answer | sed -n 's/^[Dd]ocker-[Cc]ontent-[Dd]igest: *//p' > /work/found
    grep -qE '^sha256:[0-9a-f]{64}$' /work/found || { echo "the registry names no digest for $IMAGE" >&2; cat /work/answer >&2; exit 1; }
    echo "$IMAGE is in the registry already: $(cat /work/found)"
    ;;
  404) echo "$IMAGE is not in the registry yet" ;;
  *)
    echo "the registry answered $status for $IMAGE" >&2
    cat /work/answer >&2
    exit 1
    ;;
esac
