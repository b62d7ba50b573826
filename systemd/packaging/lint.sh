#!/bin/bash
# Checks packages with lintian: lint.sh FILE.deb... Any error fails, and so does a warning that no override explains.
set -euo pipefail

(($# > 0)) || { echo "usage: lint.sh FILE.deb..." >&2; exit 2; }
for deb in "$@"; do
    [[ -e $deb ]] || { echo "lint: $deb is missing: make deb" >&2; exit 1; }
done
command -v lintian >/dev/null || { echo "lint: lintian is missing: apt-get install lintian" >&2; exit 1; }
# One run shows what is overridden, too, and then ends with 2 for that as well: what it shows decides. As root it would only
# warn that it runs as root.
status=0
said=$(lintian --allow-root --tag-display-limit 0 --show-overrides "$@") || status=$?
found=$(grep -vE '^([NO]:|$)' <<<"$said" || true)
[[ -z $found ]] || { echo "$found"; exit 1; }
((status == 0 || status == 2)) || { echo "lint: lintian ended with status $status" >&2; exit 1; }
echo "lint: $# packages without errors or warnings, $(grep -c '^O:' <<<"$said" || true) overrides, each with its reason"
