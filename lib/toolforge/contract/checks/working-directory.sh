#!/bin/bash
# Jobs and shells begin where the pod says.
set -euo pipefail
same pwd "$CONTRACT_HOME" "$(pwd)"
