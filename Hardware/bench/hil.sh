#!/bin/bash
# Plays a short day of a station with the programs that ship, on the kernel's own GPIO and USB in the virtual bench:
# hil.sh --programs DIR [--arch arm64 [--runtime DIR]] [WORKDIR]. Prints one line a check; the last line adds them up. With
# --arch arm64 the machine is an emulated board with Debian 13 and libgpiod 2; --runtime holds the libraries that its programs
# bring along, if they do not lie beside them.
set -euo pipefail

# Within ten minutes there is an end, whatever happens.
seconds_max=585
# A board of another architecture, where every instruction is translated, has this many times as long for a stage. The
# checks have the same limits.
slower_arm64=3
# What boot.sh ends with for a guest that left no status, and for one that never came to its script.
no_status=99 not_booted=98
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

die() { echo "hil: $*" >&2; exit 2; }

usage() { die "usage: hil.sh --programs DIR [--arch amd64|arm64] [--runtime DIR] [WORKDIR]"; }

arch=amd64 programs='' runtime='' folder='' slower=1
while [[ $# -gt 0 ]]; do
    case $1 in
        --arch | --programs | --runtime)
            [[ $# -ge 2 ]] || usage
            printf -v "${1#--}" %s "$2"
            shift 2
            ;;
        -*) usage ;;
        *)
            [[ -z $folder ]] || usage
            folder=$1
            shift
            ;;
    esac
done
[[ -n $programs && $arch =~ ^(amd64|arm64)$ ]] || usage
if [[ $arch == arm64 ]]; then
    slower=$slower_arm64
    seconds_max=$((seconds_max * slower))
fi
if [[ $(dpkg --print-architecture) != amd64 ]]; then
    echo "ok 1 - the virtual bench # SKIP it needs amd64"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
fi
if [[ -n $folder ]]; then
    mkdir -p "$folder"
    work=$(realpath "$folder")
else
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
fi

# The guest runs copies, for the same reason as with the tree, with the libraries that lie outside the system's folders.
staged=$work/stage/programs
rm -rf "$staged"
mkdir -p "$staged"
for name in lockerd lockerctl county-server locker-outputs-off; do
    [[ -x $programs/$name ]] || die "$programs/$name is missing: make hil builds it"
    cp "$programs/$name" "$staged/"
done
if [[ $arch == amd64 ]]; then
    while read -r library; do
        [[ $library =~ ^/(usr/)?lib ]] || cp -u "$library" "$staged/"
    done < <(ldd "$staged"/* | sed -n 's/.* => \(\/.*\) (0x[0-9a-f]*)$/\1/p' | sort -u)
else
    # What they bring along lies beside them, as in the package; the rest is Debian's.
    find "$programs" ${runtime:+"$runtime"} -maxdepth 1 -name '*.so*' -exec cp -t "$staged" {} +
fi

rm -f "$work"/{disk.img,all} "$work"/*.{log,events}
passed=0 failed=0 skipped=0

# Numbers the lines that a guest writes, while it writes them.
show() {
    local line number
    while read -r line; do
        case $line in
            'ok - '*'# SKIP'*) skipped=$((skipped + 1)) ;;
            'ok - '*) passed=$((passed + 1)) ;;
            'not ok - '*) failed=$((failed + 1)) ;;
            *) echo "# $line"; continue ;;
        esac
        number=$((passed + failed + skipped))
        echo "${line/ok - /ok $number - }" | tee -a "$work/all"
    done
}

# A guest that never came to its script (emulated processors can hang in the kernel's boot) has tested nothing and is
# booted once more; that is said and counted.
boots_max=2 boots_repeated=0

# stage NAME STATUS TIMEOUT [boot.sh's options]: boots and their lines; STATUS is what boot.sh must end with.
stage() {
    local name=$1 expected=$2 boots status
    for ((boots = 1; ; boots++)); do
        status=0
        run_guest "$@" || status=$?
        [[ $status == "$not_booted" && $boots -lt $boots_max ]] || break
        boots_repeated=$((boots_repeated + 1))
        echo "# $name: the guest did not come to its script; its console:"
        tail -n 12 "$work/console.$name.log" | sed 's/^/# /'
    done
    [[ $expected != cut ]] || expected=$no_status
    [[ $status == "$expected" ]] || show <<<"not ok - the guest of $name ends with status $expected: $status"
}

# run_guest NAME STATUS TIMEOUT [boot.sh's options]: one boot and its lines; returns boot.sh's status.
run_guest() {
    local name=$1 expected=$2 timeout=$3 booting status=0
    shift 3
    rm -f "$work"/{results,cut-now}
    ((timeout *= slower))
    ((timeout <= seconds_max - SECONDS)) || timeout=$((seconds_max > SECONDS + 1 ? seconds_max - SECONDS : 1))
    touch "$work/results"
    echo "# $name: the guest boots"
    "$here/boot.sh" "$work" "$here/hil/guest.sh" --arch "$arch" --keep 1 --timeout "$timeout" "$@" -- "$name" \
        >"$work/boot.$name.log" 2>&1 &
    booting=$!
    if [[ $expected == cut ]]; then
        (
            while [[ ! -e $work/cut-now ]] && kill -0 "$booting" 2>/dev/null; do sleep 0.05; done
            [[ ! -e $work/cut-now ]] || kill -KILL "$(<"$work/qemu.pid")"
        ) &
    fi
    show < <(tail -s 0.2 -n +1 -f --pid="$booting" "$work/results")
    wait "$booting" || status=$?
    mv "$work/console.log" "$work/console.$name.log" 2>/dev/null || true
    return "$status"
}

stage day 0 260
stage faults 0 150
stage crash 0 220
stage cut cut 150 --disk "$work/disk.img"
stage after-cut 0 150 --disk "$work/disk.img"

if [[ $failed != 0 ]]; then
    for log in "$work"/*.log; do
        [[ ! -s $log ]] || { echo "== $log"; tail -n 25 "$log"; } >&2
    done
fi
echo "# $SECONDS s, $boots_repeated boots repeated"
echo "$passed passed, $failed failed, $skipped skipped"
[[ $failed == 0 ]]
