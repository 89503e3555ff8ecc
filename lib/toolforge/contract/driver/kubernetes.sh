#!/bin/bash
# The few calls to the Kubernetes API that the contract needs: to make, watch, read and delete pods.
set -euo pipefail

# ask PATH OPTION...: with the token through a file, since arguments can be seen by every process.
ask() {
  curl --silent --show-error --cacert /api/ca.crt --header "@"<(printf 'Authorization: Bearer %s' "$(< /api/token)") \
    "${@:2}" "https://kubernetes.default.svc/api/v1/namespaces/$1"
}

# api METHOD PATH [BODY [MORE]]: the answer goes to standard output, the status to the end of it as a line of its own, and before that what more is
# to be told of it, as curl writes it out.
api() {
  local body=()
  [ -z "${3:-}" ] || body=(--header 'Content-Type: application/json' --data-binary "@$3")
  ask "$2" --retry 5 --retry-connrefused --max-time 30 --request "$1" --write-out "\n${4:+$4\n}%{http_code}\n" "${body[@]}"
}

# refuse WHAT ANSWER: the cluster's no is not the image's fault.
refuse() {
  echo "$1: the cluster answered $(tail -n 1 <<< "$2"): $(sed '$d' <<< "$2" | jq -r '.message? // .' 2> /dev/null | head -c 600)" >&2
  echo 'the service account of the contract needs create, get, list, watch, delete on pods and get on pods/log in the namespaces of its tools' >&2
  exit 1
}

# create_pod NAMESPACE FILE
create_pod() {
  local answer
  answer=$(api POST "$1/pods" "$2")
  [ "$(tail -n 1 <<< "$answer")" = 201 ] || refuse "creating a pod in $1" "$answer"
}

# get_pod NAMESPACE NAME: the pod, or nothing when there is none.
get_pod() {
  local answer
  answer=$(api GET "$1/pods/$2")
  case $(tail -n 1 <<< "$answer") in
    200) sed '$d' <<< "$answer" ;;
    404) ;;
    *) refuse "reading the pod $2 in $1" "$answer" ;;
  esac
}

# pod_log NAMESPACE NAME: what it has printed; a container that never started has no log.
pod_log() {
  local answer
  answer=$(api GET "$1/pods/$2/log")
  case $(tail -n 1 <<< "$answer") in
    200) sed '$d' <<< "$answer" | tr -d '\r' ;;
    400 | 404) ;;
    *) refuse "reading the log of $2 in $1" "$answer" ;;
  esac
}

# follow NAMESPACE NAME VERSION PROGRAM: what a jq program says of each change of a pod since a version of it, a line each, for 30 seconds. Asking
# again and again costs the node more than the pods do.
follow() {
  ask "$1/pods?watch=true&timeoutSeconds=30&fieldSelector=metadata.name=$2&resourceVersion=$3" --no-buffer --max-time 60 2> /dev/null |
    jq --unbuffered -r 'if .object.kind != "Pod" then error("the cluster answered: \(.object.message? // .message?)") else . end | '"$4"
}

# drop_pod NAMESPACE NAME: asks for its deletion, which nobody has to wait for when it has ended.
drop_pod() {
  local answer
  answer=$(api DELETE "$1/pods/$2")
  case $(tail -n 1 <<< "$answer") in
    200 | 202 | 404) ;;
    *) refuse "deleting the pod $2 in $1" "$answer" ;;
  esac
}

# delete_pod NAMESPACE NAME: asks for it, and when it is gone, prints with which code its container ended, where that is heard.
delete_pod() {
  local version line='' code='' until=$((SECONDS + 90))
  version=$(get_pod "$1" "$2" | jq -r '.metadata.resourceVersion // empty')
  [ -n "$version" ] || return 0
  drop_pod "$1" "$2"
  # All that has happened to it since it was read; once more where the watch is cut off.
  while [[ $line != DELETED* && $SECONDS -lt $until ]]; do
    while [[ $line != DELETED* ]] && IFS= read -r line; do
      [ -z "${line#* }" ] || code=${line#* }
    done < <(follow "$1" "$2" "$version" '"\(.type) \(.object.status.containerStatuses[0].state.terminated.exitCode // "")"')
    [[ $line = DELETED* ]] || sleep 2
  done
  if [[ $line != DELETED* && -n $(get_pod "$1" "$2") ]]; then
    echo "the pod $2 in $1 is still there 90 seconds after its deletion; look at the node it runs on" >&2
    exit 1
  fi
  echo "$code"
}

# unheard NAMESPACE POD: what nobody has seen is not the image's fault either.
unheard() {
  echo "the pod $2 in $1 is gone, and the cluster did not say with which code it ended: all watches of it were cut off; try again (csb retry)" >&2
  exit 1
}

# delete_old_pods NAMESPACE LABEL: what an earlier run has left; none lives for a quarter of an hour. How old a pod is, the clock of the server
# says, which wrote when it was made: this node's may be minutes ahead, and pods of a run under way would be old by it.
delete_old_pods() {
  local answer date names name
  answer=$(api GET "$1/pods?labelSelector=$2" '' '%header{date}')
  [ "$(tail -n 1 <<< "$answer")" = 200 ] || refuse "listing pods in $1" "$answer"
  date=$(tail -n 2 <<< "$answer" | head -n 1)
  names=$(sed '$d' <<< "$answer" | sed '$d' | jq -r --arg date "$date" '
    ($date | strptime("%a, %d %b %Y %H:%M:%S GMT") | mktime) as $now
    | .items[] | select((.metadata.creationTimestamp | fromdate) < $now - 900) | .metadata.name')
  for name in $names; do
    delete_pod "$1" "$name" > /dev/null
  done
}

# Of a pod, in jq: one word and its reason: waiting, running, ended, stuck.
# shellcheck disable=SC2016 # jq's own
pod_state='
  .status as $status
  | ($status.containerStatuses[0] // {}) as $container
  | ($container.state.waiting.reason // "") as $waits
  | if $status.phase == "Succeeded" then "ended Succeeded"
    elif $status.phase == "Failed" then
      "ended Failed " + ([$status.reason, $status.message, ($container.state.terminated | select(. != null) | "exit code \(.exitCode)", .reason, .message)] | map(select(. != null)) | join(", "))
    elif $waits | IN("ErrImagePull", "ImagePullBackOff", "InvalidImageName", "CreateContainerConfigError", "CreateContainerError", "RunContainerError") then
      "stuck \($waits): \($container.state.waiting.message // "")"
    elif $status.phase == "Running" and ($container.state.running != null) and $status.podIP != null then "running \($status.podIP)"
    else "waiting \($status.conditions // [] | map(select(.status == "False")) | .[0].message // $waits)" end'

# state_of NAMESPACE NAME: its state, or nothing when there is no such pod.
state_of() { get_pod "$1" "$2" | jq -r "$pod_state"; }

# states_of NAMESPACE NAME: its state with each change, from what the API server knows (0). Without a version it would first prove that it knows the
# newest of all that there is, which it may not manage for minutes while etcd is busy (Timeout: Too large resource version).
states_of() { follow "$1" "$2" 0 ".object | $pod_state"; }
