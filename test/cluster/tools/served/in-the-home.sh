#!/bin/sh
# In a plain Debian, whose root filesystem is the argument: what a maintainer has typed, the webservice, what it answers, a job, and a shell.
# Twice: what the first time has written is the state that the second finds, and that our image is to find.
set -eu
root=$1
: "${home:?}" "${data:?}" "${uid:?}" "${build:?}" "${start:?}" "${ask:?}" "${paths:?}" "${job:?}" "${shell:?}" "${results:?}"

# tool COMMAND...: in a container of the tool, as a pod has it.
tool() {
  chroot --userspec="$uid:$uid" --groups="$uid" "$root" /usr/bin/env -i --chdir="$home" HOME="$home" TOOL_DATA_DIR="$data" \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=en_US.UTF-8 "$@"
}
ip link set lo up
if [ -f "$build" ]; then
  tool /bin/bash -il < "$build" > "$results/build.log" 2>&1 || { tail -n 50 "$results/build.log" >&2 && exit 1; }
fi
# shellcheck disable=SC2086 # a word for each argument
tool /usr/bin/webservice-runner $start > "$results/trace" 2>&1 &
for _ in first second; do
  rm -f "$root$home/job.out" "$root$home/job.err"
  # shellcheck disable=SC2086 # a word for each path
  perl "$ask" http://127.0.0.1:8000 $paths > "$results/answers" || { cat "$results/trace" >&2 && exit 1; }
  tool /bin/sh -c -- "$job" || { cat "$root$home/job.err" >&2 && exit 1; }
  tool /bin/bash -il < "$shell" > "$results/shell" 2> /dev/null || { cat "$results/shell" >&2 && exit 1; }
done
