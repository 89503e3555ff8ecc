#!/bin/bash
# Brings the source at its commit into the application's folder, with nothing of git, and says to the exporter what it was. Has network,
# and no credentials.
set -euo pipefail
umask 022
fail() {
  echo "$SOURCE_URL: $*" >&2
  exit 1
}
# Only what a declaration can name, no configuration but this, and nobody is asked for a password.
export GIT_ALLOW_PROTOCOL=https:http GIT_TERMINAL_PROMPT=0 GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null
export GIT_DIR=/work/source.git GIT_INDEX_FILE=/work/source.index

git init --quiet --bare
# Some servers hand out no single commit, but only what a branch or a tag names; the hash holds either way.
git fetch --quiet --depth=1 "$SOURCE_URL" "$SOURCE_COMMIT" 2>/work/fetch.log ||
  git fetch --quiet "$SOURCE_URL" '+refs/heads/*:refs/heads/*' '+refs/tags/*:refs/tags/*' ||
  fail "git cannot fetch it (asked for the commit alone: $(tail --lines=1 /work/fetch.log)); a source has to be readable without a password"
[ "$(git cat-file -t "$SOURCE_COMMIT" 2>/dev/null)" = commit ] ||
  fail "no branch and no tag has the commit $SOURCE_COMMIT; push it, or declare another (git ls-remote $SOURCE_URL)"
[ "$(git cat-file -t "$SOURCE_COMMIT:$SOURCE_FOLDER" 2>/dev/null)" = tree ] ||
  fail "commit $SOURCE_COMMIT has no folder '$SOURCE_FOLDER'; declare one that it has, or none"
tree=$(git rev-parse "$SOURCE_COMMIT:$SOURCE_FOLDER")

submodules=$(git ls-tree -r "$tree" | sed --quiet 's/^160000 [^\t]*\t/ /p')
[ -z "$submodules" ] ||
  fail "commit $SOURCE_COMMIT has submodules, which are not fetched; commit their files instead:${submodules//$'\n'/,}"
# git alone brings their pointers, and an application that finds those fails later, and elsewhere.
# https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md
# A pointer is smaller than a kibibyte, and begins with its version.
pointers=$(git ls-tree -r --long "$tree" | awk '$2 == "blob" && $4 < 1024 { print $3 }' | git cat-file --batch |
  grep --text --before-context=1 '^version https://git-lfs\.github\.com/spec/v1$' | sed --quiet 's/^\([0-9a-f]\{40\}\) blob .*/\1/p' || true)
[ -z "$pointers" ] || fail "commit $SOURCE_COMMIT has files in Git LFS, which are not fetched; commit them as they are: $(
  git ls-tree -r "$tree" | grep --fixed-strings "$pointers" | cut --fields=2- | head --lines=5 | paste --serial --delimiters=, | sed 's/,/, /g')"
# The image's address knows the declaration's descriptor, and no other.
! git cat-file -e "$tree:platform-image.json" 2>/dev/null ||
  fail "commit $SOURCE_COMMIT has a platform-image.json; remove it, and declare the image's parts as \`parts\`"
git read-tree "$tree"
git --work-tree=/workspace checkout-index --all --prefix=/workspace/
rm -rf "$GIT_DIR" "$GIT_INDEX_FILE"

# https://github.com/buildpacks/spec/blob/platform/0.13/platform.md#project-metadatatoml-toml
printf '[source]\ntype = "git"\n[source.version]\ncommit = "%s"\n[source.metadata]\nrepository = "%s"\n' \
  "$SOURCE_COMMIT" "$SOURCE_URL" >/control/project-metadata.toml
echo "fetched $SOURCE_COMMIT of $SOURCE_URL${SOURCE_FOLDER:+, folder $SOURCE_FOLDER}: $(find /workspace -type f | wc --lines) files"
