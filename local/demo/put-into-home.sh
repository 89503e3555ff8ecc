#!/bin/sh
# Puts an application into a tool's home, which is the current directory, as the tool itself: so nothing gets written that the tool
# could not write, wherever links in the home may lead. The application is an archive on standard input, its version the argument.
# Prints what came of it: installed, replaced, unchanged, or kept, when what the home has is not ours, or not ours any more.
set -eu
version=$1
application=www/python
draft=www/.demo-application

# sources DIRECTORY: what a person may have changed of an application, which is all but what Python and pip make
sources() {
  (
    # Without a look at the path to here, which may be closed to the tool.
    cd -P "$1"
    find . \( -name venv -o -name __pycache__ \) -prune -o -type f ! -name .demo-application -print0 | sort -z |
      xargs -0 --no-run-if-empty sha256sum | sha256sum | cut -d ' ' -f 1
  )
}

if [ ! -e "$application" ]; then
  outcome=installed
elif [ ! -f "$application/.demo-application" ]; then
  outcome=kept
else
  read -r installed_version installed_sources <"$application/.demo-application"
  present_sources=$(sources "$application")
  if [ "$installed_version" = "$version" ]; then
    outcome=unchanged
  elif [ "$present_sources" != "$installed_sources" ]; then
    outcome=kept
  else
    outcome=replaced
  fi
fi

if [ $outcome = installed ] || [ $outcome = replaced ]; then
  # In one step at the end: half an application would pass for a person's.
  rm -rf "$draft"
  mkdir -p "$draft"
  tar --extract --no-same-owner --file=- --directory="$draft"
  new_sources=$(sources "$draft/$application")
  echo "$version $new_sources" >"$draft/$application/.demo-application"
  if [ $outcome = replaced ]; then
    # Its venv may have got more than we put there.
    rm -rf "$application.before"
    mv "$application" "$application.before"
  fi
  mv "$draft/$application" "$application"
  rm -rf "$draft"
else
  # Whoever sends the archive must not find that nobody reads it.
  cat >/dev/null
fi
echo "$outcome"
