# shellcheck shell=bash
# What a maintainer has typed: Composer writes vendor/, by which classes are found.
set -e
composer dump-autoload --optimize
