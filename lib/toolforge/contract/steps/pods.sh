#!/bin/bash
# Runs the checks in pods of the image, as both tools at once, and writes /work/report.json.
set -euo pipefail
# The cluster's no, inside of $(...), ends the step too.
shopt -s inherit_errexit
[ ! -e /work/found ] || exit 0
# shellcheck source=../driver/kubernetes.sh
source /contract/kubernetes.sh

mkdir -p /work/pods /work/contract
# What holds for every image, and what holds for this family.
cp /contract/* "$FAMILY_FILES"/* /work/contract/
# Pods and folders of a run that died have other names, though its name is that of this one.
jq -n --arg image "$(< /work/image)" --arg id "$(cut -c 8-15 /work/image-digest)-${TASK_RUN:0:8}" --arg toolbox "$TOOLBOX" \
  --arg mounts "$MOUNTS" --arg pullSecret "$PULL_SECRET" --argjson family "$FAMILY" --argjson tools "$TOOLS" \
  '{ $image, $id, $toolbox, $mounts, $pullSecret, $family, $tools }' > /work/plan.json
if [ -e /work/canary ]; then
  # Whether it starts, as one tool: the rest was tried of the canary, as both.
  jq --rawfile canary /work/canary '. + { $canary, tools: .tools[:1] }' /work/plan.json > /work/smoke.json
  mv /work/smoke.json /work/plan.json
  jq -f /work/contract/smoke.jq /work/contract/items.json > /work/smoke.json
  mv /work/smoke.json /work/contract/items.json
fi
id=$(jq -r .id /work/plan.json)
jq -f /work/contract/plan.jq /work/contract/items.json > /work/shapes.json
for file in /work/contract/*; do
  jq -n --arg name "${file##*/}" --rawfile text "$file" '{ ($name): $text }'
done | jq -s add > /work/files.json

# make_pod TOOL SHAPE: TOOL is {name, uid, account, home, namespace}.
make_pod() {
  local name checks
  name=$(jq -r .name <<< "$1")
  checks=$(jq -c --arg shape "$2" '[.[] | select(.shape == $shape) | .inside] | add // []' /work/shapes.json)
  jq -n --slurpfile plans /work/plan.json --slurpfile texts /work/files.json --argjson tool "$1" --arg shape "$2" --argjson checks "$checks" \
    '$plans[0] as $plan | $texts[0] as $files | '"$(cat /work/contract/pod.jq)" > "/work/pods/$name-$2.json"
  create_pod "$(jq -r .namespace <<< "$1")" "/work/pods/$name-$2.json"
}

# await_pod NAMESPACE POD STATE...: prints the first of these states that it comes to; after 300 seconds where it hangs.
await_pod() {
  local namespace=$1 pod=$2 state=gone until=$((SECONDS + 300)) line wanted
  shift 2
  while [ "$SECONDS" -lt "$until" ]; do
    while IFS= read -r line; do
      state=$line
      for wanted in stuck "$@"; do
        [[ $state != "$wanted"* ]] || break 3
      done
    done < <(states_of "$namespace" "$pod")
    sleep 0.5
  done
  echo "$state"
}

# note TOOL SHAPE STATE LOG...: the findings in its logs, and for checks that left none how the pod ended and its last words.
note() {
  local name=$1 shape=$2 state=$3 last
  shift 3
  sed -n "s/^@contract\t/$name\t$shape\t/p" "$@" >> "/work/records-$name"
  last=$(cat "$@" | grep -v '^@contract' | grep . | tail -n 3 | tr '\n' ' ' || true)
  jq -n --arg key "$name $shape" --arg state "$state; its last words: ${last:-(none)}" '{ ($key): $state[0:300] }' >> "/work/states-$name"
}

# A pod that does its work and ends.
run_pod() {
  local name namespace pod state
  name=$(jq -r .name <<< "$1")
  namespace=$(jq -r .namespace <<< "$1")
  pod=image-contract-$id-$2
  make_pod "$1" "$2"
  state=$(await_pod "$namespace" "$pod" ended)
  pod_log "$namespace" "$pod" > "/work/pods/$name-$2.log"
  note "$name" "$2" "$state" "/work/pods/$name-$2.log"
  case $state in
    ended*) drop_pod "$namespace" "$pod" ;;
    *) delete_pod "$namespace" "$pod" > /dev/null ;;
  esac
  if [[ $2 = prepare || $2 = remove ]] && [[ $state != 'ended Succeeded' ]]; then
    echo "$2: the folder for the contract in the home of $name: $state: $(< "/work/pods/$name-$2.log")" >&2
    exit 1
  fi
}

# await_answer NAMESPACE POD: until the server answers, or will not any more. What that means is for the checks to say.
await_answer() {
  local until=$((SECONDS + 120)) state=running
  while [[ $state = running* && $SECONDS -lt $until ]]; do
    ! curl --silent --output /dev/null --max-time 5 "$POD_URL/" || return 0
    sleep 1
    state=$(state_of "$1" "$2")
  done
}

# A pod that serves, seen from outside.
run_server() {
  local name namespace pod state log code
  name=$(jq -r .name <<< "$1")
  namespace=$(jq -r .namespace <<< "$1")
  pod=image-contract-$id-$2
  log=/work/pods/$name-$2.log
  make_pod "$1" "$2"
  state=$(await_pod "$namespace" "$pod" running ended)
  export POD_URL=http://none.invalid POD_LOG=$log.server POD_EXIT_CODE=none
  if [[ $state = running* ]]; then
    POD_URL=http://${state#running }:8000
    await_answer "$namespace" "$pod"
    curl --silent --output /dev/null --max-time 10 "$POD_URL/logged" || true
    curl --silent --output /dev/null --max-time 10 "$POD_URL/healthz" || true
    curl --silent --max-time 300 "$POD_URL/checks" > "$log" || true
  fi
  touch "$log"
  pod_log "$namespace" "$pod" > "$POD_LOG"
  without_outside "$2" "$log" "$POD_LOG"
  outside "$2" before >> "$log"
  [[ $state != running* ]] || state=$(state_of "$namespace" "$pod")
  code=$(delete_pod "$namespace" "$pod")
  # One that had ended by itself has not been stopped.
  if [[ $state = running* ]]; then
    [ -n "$code" ] || unheard "$namespace" "$pod"
    POD_EXIT_CODE=$code
  fi
  outside "$2" after >> "$log"
  note "$name" "$2" "$state" "$log" "$POD_LOG"
}

# without_outside SHAPE LOG...: what an image says of checks that are made here is nobody's word.
without_outside() {
  local shape=$1 checks
  shift
  checks=$(jq -r --arg shape "$shape" '[.[] | select(.shape == $shape) | .outside[]] | join("\\|")' /work/shapes.json)
  [ -z "$checks" ] || sed -i "/^@contract\t\($checks\)\t/d" "$@"
}

# outside SHAPE MOMENT: the checks that are made here; `stops` can be judged only after the pod is gone.
outside() {
  local checks check texts=()
  checks=$(jq -r --arg shape "$1" --arg moment "$2" '[.[] | select(.shape == $shape) | .outside[] | select((. == "stops") == ($moment == "after"))] | join(" ")' /work/shapes.json)
  for check in $checks; do
    texts+=("CHECK_${check//-/_}=$(< "/work/contract/check.$check.sh")")
  done
  env CONTRACT_CHECKS="$checks" CONTRACT_CHECK_SECONDS=60 CONTRACT_VERDICT="$(< /work/contract/verdict.sh)" \
    CONTRACT_TRACE="$(jq -r .server.trace /work/contract/family.json)" "${texts[@]}" bash /work/contract/run-checks.sh
}

try_as() {
  local name shape
  name=$(jq -r .name <<< "$1")
  delete_old_pods "$(jq -r .namespace <<< "$1")" app.kubernetes.io/part-of=image-contract
  run_pod "$1" prepare
  for shape in $(jq -r '.[].shape' /work/shapes.json); do
    case $shape in
      web*) run_server "$1" "$shape" ;;
      *) run_pod "$1" "$shape" ;;
    esac
    echo "$name $shape, after $SECONDS s: $(grep -c "^$name"$'\t'"$shape"$'\t'".*"$'\tfail\t' "/work/records-$name" || true) findings"
  done
  run_pod "$1" remove
}

started=$SECONDS
pids=()
while IFS= read -r tool; do
  try_as "$tool" &
  pids+=($!)
done < <(jq -c '.tools[]' /work/plan.json)
# Both, before the first failure ends this: what the other one has made is its own to remove.
failed=0
for pid in "${pids[@]}"; do
  wait "$pid" || failed=1
done
[ "$failed" = 0 ] || exit 1
jq --slurpfile plans /work/plan.json --slurpfile shape /work/shapes.json --rawfile records <(cat /work/records-*) \
  --slurpfile ended <(cat /work/states-*) --arg seconds "$((SECONDS - started))" --arg version "$CONTRACT_VERSION" --arg name "$IMAGE_NAME" \
  '$plans[0] as $plan | $shape[0] as $shapes | ($ended | add) as $states | '"$(cat /work/contract/report.jq)" /work/contract/items.json > /work/report.json
jq -r '"\(.passed) items passed, \(.failed) failed, \(.notApplicable) do not apply, \(.byCanary) by the canary, in \(.seconds) seconds"' /work/report.json
