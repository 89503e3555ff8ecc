#!/bin/bash
# A quarter of the limit of the pod, and not of the machine.
set -euo pipefail
for file in /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes; do
  [ ! -r "$file" ] || break
done
limit=$(< "$file")
heap=$(/usr/bin/java -XX:+PrintFlagsFinal -version 2> /dev/null | awk '$2 == "MaxHeapSize" { print $4 }')
atLeast "MaxHeapSize, where $file says $limit" $((limit / 5)) "$heap"
atMost "MaxHeapSize, where $file says $limit" $((limit / 3)) "$heap"
