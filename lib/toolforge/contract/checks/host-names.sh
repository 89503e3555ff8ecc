#!/bin/bash
# Names of hosts: first /etc/hosts, then DNS.
set -euo pipefail
same '/etc/nsswitch.conf, line hosts' 'hosts: files dns' "$(sed -n 's/^hosts:[[:space:]]*/hosts: /p' /etc/nsswitch.conf)"
has 'getent hosts localhost' localhost "$(getent hosts localhost || echo nothing)"
has 'getent hosts kubernetes.default.svc' kubernetes "$(getent hosts kubernetes.default.svc || echo nothing)"
