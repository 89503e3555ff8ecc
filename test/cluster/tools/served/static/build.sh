# shellcheck shell=bash
# What a maintainer has typed: pages are made of data.
set -e
make -C site
