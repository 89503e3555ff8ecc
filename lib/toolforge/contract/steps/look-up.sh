#!/bin/bash
# Which digest the contract is about, and whether it has been tried with it already.
set -euo pipefail
ask() {
  skopeo inspect --retry-times 5 --tls-verify="$REGISTRY_TLS" "$@"
}
ask --no-tags --format '{{.Digest}}' "docker://$IMAGE" > /work/image-digest
digest=$(< /work/image-digest)
printf %s "$digest" > "$DIGEST_RESULT"
# A reference without its tag or digest: the part after the last / may have them.
last=${IMAGE##*/}
last=${last%%@*}
repository=${IMAGE%/*}/${last%%:*}
echo "$repository@$digest" > /work/image
attestation=$repository:${digest/:/-}.contract
echo "$attestation" > /work/attestation
echo "the image is $repository@$digest"
# Whoever asks for another attempt does not want to hear what an earlier one found.
if [[ $RUN != *-1 ]]; then
  echo 'another attempt: it is tried again'
  exit
fi
if ask --no-tags "docker://$attestation" > /work/inspected 2> /work/answer; then
  label() { jq -r --arg name "$PROJECT_LABEL.$1" '.Labels[$name] // ""' /work/inspected; }
  if [ "$(label contract)" = "$CONTRACT_VERSION" ] && [ "$(label family)" = "$FAMILY" ] &&
    [ "$(label image)" = "$(< /work/image)" ] && [ "$(label failed)" = 0 ]; then
    jq -r .Digest /work/inspected > /work/found
    echo "$attestation says that it passed this contract already"
  else
    echo "$attestation is of another contract: $(label contract), $(label family)"
  fi
  exit
fi
# What registries answer for a tag that they do not have (OCI distribution spec, error codes).
grep -qiE 'manifest unknown|name unknown|NAME_UNKNOWN|MANIFEST_UNKNOWN' /work/answer && exit
cat /work/answer >&2
exit 1
