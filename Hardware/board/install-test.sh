#!/bin/bash
# Installs, upgrades, downgrades, removes and purges the packages for amd64 in a guest with a minimal Debian 12 whose
# process 1 is systemd, and without a network:
#   install-test.sh [--short] --debs DIR | --station DEB --county DEB [--older DEB] [WORKDIR]
# DIR is where deb.sh puts them; the newest of each is taken. Without --older the package to upgrade from is the station's
# own under a lower number. --short leaves out what happens when an upgrade goes wrong or back (make test; `make deb-test` has
# it all). Prints one line a check; the last line adds them up.
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin

# The root, both packages' variants and the guest together; the guest alone. An idle machine needs a third of it.
seconds_max=900 guest_seconds_max=720
no_status=99 not_booted=98 boots_max=2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
bench=$here/../bench

die() { echo "install-test: $*" >&2; exit 2; }
# In this order: each begins with what the one before has left.
sections=(
    refusals first_install sandbox roles restarts bad_machine county_package enrolment upgrade
    upgrade_refused upgrade_healed downgrade full_disk
    remove_and_back purge purge_county
)
long=(upgrade_refused upgrade_healed downgrade full_disk)
usage() { die "usage: install-test.sh [--short] --debs DIR | --station DEB --county DEB [--older DEB] [WORKDIR]"; }

# newest DIR PART
newest() {
    find "$1" -maxdepth 1 -name "villagelocker-$2_*_amd64.deb" -printf '%T@ %p\n' 2>/dev/null | sort -n | tail -n 1 | cut -d' ' -f2-
}

station='' county='' older='' work=''
while (($# > 0)); do
    case $1 in
        --station | --county | --older)
            (($# > 1)) || usage
            [[ -r $2 ]] || die "$2 is missing: make deb builds it"
            printf -v "${1#--}" %s "$(realpath "$2")"
            shift 2
            ;;
        --debs)
            (($# > 1)) || usage
            station=$(newest "$2" station) county=$(newest "$2" county)
            [[ -n $station && -n $county ]] || die "no packages for amd64 in $2: make deb builds them"
            shift 2
            ;;
        --short)
            for section in "${long[@]}"; do sections=("${sections[@]/$section/}"); done
            shift
            ;;
        -*) usage ;;
        *) work=$1; shift ;;
    esac
done
[[ -n $station && -n $county ]] || usage
if [[ $(dpkg --print-architecture) != amd64 ]]; then
    echo "ok 1 - installing the packages # SKIP it needs amd64"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
fi
if [[ -n $work ]]; then
    mkdir -p "$work"
    work=$(realpath "$work")
else
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
fi
began=$SECONDS
root=$("$here/install-root.sh") || die "there is no Debian to install them on: the lines above say why"
root_seconds=$((SECONDS - began))

version=$(dpkg-deb -f "$station" Version)
debs=$work/stage/debs
rm -rf "$debs" "$work/unpacked"
mkdir -p "$debs"
echo "${sections[@]}" >"$work/stage/sections"
cp "$station" "$debs/station.deb"
# The station's package as it is once, everything else with a compression that an emulated processor undoes fast. Side by
# side, from files that are unpacked once.
dpkg-deb -R "$station" "$work/unpacked"
jobs=()
# make NAME [redeb.sh's options]
make() {
    local name=$1
    shift
    "$here/redeb.sh" "$work/unpacked" "$debs/$name.deb" "$@" &
    jobs+=("$!")
}
"$here/redeb.sh" "$county" "$debs/county.deb" &
jobs+=("$!")
make station-again
if [[ -n $older ]]; then cp "$older" "$debs/older.deb"; else make older --version 0.0.9; fi
if [[ ${sections[*]} == *upgrade_refused* ]]; then
    make refused --version 98.0.0 --refuses "the trial migration failed on purpose"
    make healed --version 99.0.0
fi
make arm64 --arch arm64
make later --libc 9.99
for job in "${jobs[@]}"; do wait "$job" || die "a package for the test could not be made: the lines above say why"; done
rm -rf "$work/unpacked"
dpkg --compare-versions "$(dpkg-deb -f "$debs/older.deb" Version)" lt "$version" ||
    die "$older is not older than $station"

passed=0 failed=0 skipped=0
# Numbers the lines that the guest writes, while it writes them.
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
        echo "${line/ok - /ok $number - }"
    done
}

# run_guest: one boot and its lines; returns boot.sh's status.
run_guest() {
    local booting status=0 timeout=$((seconds_max - SECONDS))
    ((timeout < guest_seconds_max)) || timeout=$guest_seconds_max
    ((timeout > 0)) || timeout=1
    rm -f "$work"/{results,errors}
    touch "$work/results"
    cp --sparse=always --reflink=auto "$root" "$work/system.img"
    echo "# a guest with systemd boots"
    setpriv --pdeathsig TERM "$bench/boot.sh" "$work" "$here/guest/install.sh" --system "$work/system.img" --timeout "$timeout" \
        >"$work/boot.log" 2>&1 &
    booting=$!
    show < <(tail -s 0.2 -n +1 -f --pid="$booting" "$work/results")
    wait "$booting" || status=$?
    rm -f "$work/system.img"
    return "$status"
}

repeated=0
for ((boots = 1; ; boots++)); do
    status=0
    run_guest || status=$?
    [[ $status == "$not_booted" && $boots -lt $boots_max ]] || break
    repeated=$((repeated + 1))
    echo "# the guest did not come to its script; its console:"
    tail -n 12 "$work/console.log" | sed 's/^/# /'
done
case $status in
    0) ;;
    "$no_status") show <<<"not ok - the guest finishes: it did not, see below" ;;
    *) show <<<"not ok - the guest ends with status 0: $status" ;;
esac
if [[ $failed != 0 ]]; then
    for log in "$work"/{boot.log,errors,console.log}; do
        [[ ! -s $log ]] || { echo "== $log"; tail -n 40 "$log"; } >&2
    done
fi
echo "# $SECONDS s, the root $root_seconds s of them, $repeated boots repeated"
echo "$passed passed, $failed failed, $skipped skipped"
[[ $failed == 0 ]]
