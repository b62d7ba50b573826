#!/bin/bash
# Proves that this machine has what the bench needs, and the bench itself, without lockerd:
# selftest.sh [--arch amd64|arm64] [WORKDIR]
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
arch=amd64
if [[ ${1:-} == --arch ]]; then
    arch=$2
    shift 2
fi
if [[ $# -gt 0 ]]; then
    mkdir -p "$1"
    work=$(realpath "$1")
else
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
fi
rm -f "$work"/{results,cut-now,disk.img}
touch "$work/results"

# What boot.sh ends with for a guest that never came to its script: that one is booted once more, as in hil.sh.
not_booted=98

boot() {
    local status
    for _ in 1 2; do
        status=0
        "$here/boot.sh" "$work" "$here/selftest/guest.sh" --arch "$arch" --timeout 180 "$@" || status=$?
        [[ $status == "$not_booted" ]] || break
    done
    echo "$status"
}

# record NAME FOUND EXPECTED
record() {
    if [[ $2 == "$3" ]]; then echo "ok $1"; else echo "FAIL $1: $2 instead of $3"; fi >>"$work/results"
}

if [[ $(dpkg --print-architecture) != amd64 ]]; then
    echo "skip the virtual bench needs amd64" >>"$work/results"
elif ! "$here/prepare.sh" --arch "$arch" >/dev/null; then
    echo "FAIL what the bench needs is there: the lines above name what is missing" >>"$work/results"
else
    echo "ok what the bench needs is there" >>"$work/results"
    "$here/selftest/packages.sh" >>"$work/results" || true
    record "the first guest ends well" "$(boot -- keep0)" 0
    cp "$work/console.log" "$work/console.keep0.log"

    boot --keep 1 --disk "$work/disk.img" -- keep1 >"$work/cut.status" 2>"$work/cut.log" &
    booting=$!
    while [[ ! -e $work/cut-now ]] && kill -0 "$booting" 2>/dev/null; do sleep 0.1; done
    [[ ! -e $work/cut-now ]] || kill -KILL "$(cat "$work/qemu.pid")"
    wait "$booting"
    record "a guest whose power was cut has no status" "$(cat "$work/cut.status")" 99
    record "the power was cut when the guest was ready" "$([[ -e $work/cut-now ]] && echo yes || echo no)" yes
    cp "$work/console.log" "$work/console.keep1.log"

    record "a guest's exit status comes back" "$(boot --disk "$work/disk.img" -- after-cut)" 42
fi

cat "$work/results"
passed=$(grep -c '^ok ' "$work/results" || true)
failed=$(grep -c '^FAIL ' "$work/results" || true)
skipped=$(grep -c '^skip ' "$work/results" || true)
[[ $failed == 0 ]] || tail -n 30 "$work"/console*.log >&2 2>/dev/null || true
echo "$passed passed, $failed failed, $skipped skipped"
[[ $failed == 0 ]]
