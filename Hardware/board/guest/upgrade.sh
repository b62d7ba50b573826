#!/bin/bash
# One boot of the upgrade under power cuts, on the virtual board: first what the cut before left, then the next upgrade, while
# events go on: upgrade.sh FIRST|NEXT|LAST NUMBER PACKAGE... The host cuts the power some time after /run/board/upgrading is there.
#   FIRST  installs each PACKAGE to its end, twice, and leaves the seconds in /run/board/upgrade.seconds
#   NEXT   looks at what is there, completes it, and installs the PACKAGE whose version is not
#   LAST   looks at what is there and completes it
set -euo pipefail
# shellcheck source=Hardware/board/guest/lib.sh
source /run/board/lib.sh

home=/usr/lib/villagelocker/station
# Texts of scans that the station took, written by the host's kernel: no power cut of the board takes them.
said=/run/board/said
mode=$1 cut=$2
shift 2
packages=("$@")

version_of() { dpkg-deb -f "/run/board/$1" Version; }
installed() { dpkg-query -W -f "\${Version}" villagelocker-station; }
# Version of the program that runs.
running() { basename "$(dirname "$(readlink "/proc/$(main_pid)/exe")")"; }

is_known() {
    local package
    for package in "${packages[@]}"; do
        [[ ${1#kept-} != "$(version_of "$package")" ]] || return 0
    done
    return 1
}

apt_install() {
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends --allow-downgrades --reinstall \
        -o Dpkg::Use-Pty=0 "/run/board/$1" </dev/null >"/run/board/apt.log" 2>&1
}

runs() {
    wait_for 150 is_active || { systemctl status lockerd --no-pager | tail -n 8; return 1; }
    is_known "$(running)" || die "$(running) runs"
    echo "$(running), ready $(ready_at) s after the kernel started"
}

journal_has_all() {
    local text missing=0 total=0
    lockerctl events --json --limit 100000 >/run/events
    while read -r text; do
        total=$((total + 1))
        grep -qF "\"$text\"" /run/events || missing=$((missing + 1))
    done <"$said"
    [[ $missing == 0 ]] || die "$missing of $total answered scans are not in the journal"
    echo "$total answered scans"
}

completes() {
    local before
    before=$(dpkg-query -W -f "\${db:Status-Abbrev}" villagelocker-station)
    dpkg --configure -a </dev/null >/run/configure 2>&1 || { tail -n 5 /run/configure; return 1; }
    # Where the cut came while files were unpacked dpkg asks for the package itself.
    if [[ $(dpkg-query -W -f "\${db:Status-Abbrev}" villagelocker-station) != "ii "* ]]; then
        apt_install "${packages[0]}" || { tail -n 5 /run/board/apt.log; return 1; }
        [[ $(dpkg-query -W -f "\${db:Status-Abbrev}" villagelocker-station) == "ii "* ]] || die "the package stays $before"
        echo "$before needed the package again,"
    fi
    wait_for 150 is_active
    [[ -x $home/current/lockerd ]] || die "$home/current is not whole"
    echo "$before became ii, $(running) runs"
}

noise() {
    local number
    for ((number = 0; ; number++)); do
        # While lockerd stops the answer is to scan again, and nothing is written.
        ! timeout 30 lockerctl scan --json "CUT-$1-$number" 2>/dev/null | grep -q unknownCode || echo "CUT-$1-$number" >>"$said"
        sleep 0.2
    done
}

other_package() {
    local package
    for package in "${packages[@]}"; do
        if [[ $(version_of "$package") != "$(installed)" ]]; then echo "$package"; return; fi
    done
}

touch "$said"
if [[ $mode != FIRST ]]; then
    check "cut $cut: the station starts, in one of the two versions" runs
    check "cut $cut: every scan that was answered before is in the journal" journal_has_all
    check "cut $cut: dpkg ends what was cut" completes
    [[ $mode != LAST ]] || exit 0
else
    wait_for 150 is_active
    began=$SECONDS
    for package in "${packages[@]}" "${packages[@]}"; do
        check "apt installs $(version_of "$package") over $(installed)" apt_install "$package"
        [[ $checked == 0 ]] ||
            { tail -n 20 /run/board/apt.log; exit 1; }
        check "and it runs" runs
    done
    echo $(((SECONDS - began) / (2 * ${#packages[@]}))) >/run/board/upgrade.seconds
    exit 0
fi
noise "$cut" &
package=$(other_package)
sleep 2
touch /run/board/upgrading
apt_install "$package" && touch /run/board/upgraded
sleep 600
