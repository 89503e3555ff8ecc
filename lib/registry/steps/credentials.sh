# shellcheck shell=bash
# How credentials pass by what is built. Scripts that say `. credentials.sh` have this text in its place (registry-scripts.ts).
#
# Where built code runs in the pod, the Secret is mounted in a step before it alone, which leaves a copy for the step after it. That one
# takes the copy away before it does anything else. Tekton reads files of a folder that all steps write (results, and since 0.62 artifacts)
# at the end of every step, and follows links: there is nothing left then to which one could lead. (docs/decisions/0013)

# Leaves the credentials for a later step.
hand_over() {
  [ -z "${HANDED:-}" ] || install --mode=0400 "$REGISTRY_AUTH_FILE" "$HANDED"
}

# Takes them: they have no name from here on, and only this script and what it starts can read them.
take_credentials() {
  [ -n "${HANDED:-}" ] || return 0
  exec 3<"$HANDED"
  rm "$HANDED"
  DOCKER_CONFIG=$(mktemp --directory)
  export DOCKER_CONFIG REGISTRY_AUTH_FILE=/dev/fd/3
  # The CNB lifecycle looks nowhere else.
  ln --symbolic /dev/fd/3 "$DOCKER_CONFIG/config.json"
}
