#!/bin/bash
# Checks packages with lintian: lint.sh FILE.deb... Any error fails, and so does a warning that no override explains.
set -euo pipefail

(($# > 0)) || { echo "usage: lint.sh FILE.deb..." >&2; exit 2; }
for deb in "$@"; do
    [[ -e $deb ]] || { echo "lint: $deb is missing: make deb" >&2; exit 1; }
done
command -v lintian >/dev/null || { echo "lint: lintian is missing: apt-get install lintian" >&2; exit 1; }
# As root it would only warn that it runs as root.
lintian --allow-root --fail-on error,warning --tag-display-limit 0 "$@"
echo "lint: $# packages without errors or warnings, $(lintian --allow-root --show-overrides "$@" | grep -c '^O:' || true) overrides, each with its reason"
