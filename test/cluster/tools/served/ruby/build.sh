# shellcheck shell=bash
# What a maintainer has typed: gems in the home, one of them with an extension in C that stands on a library of the image.
set -e
mkdir -p vendor/cache
(cd gem && gem build notes_c.gemspec && mv notes_c-1.0.0.gem ../vendor/cache/)
bundle config set --local path vendor/bundle
bundle install --local
