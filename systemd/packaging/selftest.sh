#!/bin/bash
# Tests the packages' own scripts with stub programs in a throw-away copy of this machine's root (an overlay; root only):
#   selftest.sh [--checkouts DIR]
# Two builds are the same bytes; install, upgrade, refusal, downgrade, remove and purge do what they promise; and after a
# cut at every single command of preinst and postinst there is a version that starts, and the next try ends well.
# The last line adds up.
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tree=$(cd "$here/../.." && pwd)
checkouts=$tree/.build/checkouts
if [[ ${1:-} == --checkouts && $# -ge 2 ]]; then checkouts=$2; shift 2; fi
(($# == 0)) || { echo "usage: selftest.sh [--checkouts DIR]" >&2; exit 2; }
passed=0 failed=0

if [[ $(id -u) -ne 0 ]]; then
    echo "ok - the packages' scripts # SKIP it needs root: it mounts an overlay and runs dpkg in it"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
fi
if ! unshare --mount --propagation private mount -t tmpfs tmpfs /mnt 2>/dev/null; then
    echo "ok - the packages' scripts # SKIP nothing can be mounted here: it needs a root that may"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
fi
# Mounts of its own, gone with it.
if [[ -z ${SELFTEST_MOUNTS:-} ]]; then
    SELFTEST_MOUNTS=own exec unshare --mount --propagation private "$0" --checkouts "$checkouts"
fi

work=$(mktemp -d)
# shellcheck disable=SC2317  # the trap calls it
finish() {
    umount -R -l "$work/root" 2>/dev/null || true
    umount -l "$work/layers" 2>/dev/null || true
    rm -rf --one-file-system "$work"
}
trap finish EXIT
mkdir "$work"/{layers,root,out,again}
mount -t tmpfs tmpfs "$work/layers"
# shellcheck disable=SC2034  # the files that are read below use them
root=$work/root station=/usr/lib/villagelocker/station county=/usr/lib/villagelocker/county

# must NAME COMMAND...
must() {
    local name=$1
    shift
    if "$@" >"$work/log" 2>&1; then
        passed=$((passed + 1))
        echo "ok - $name"
    else
        failed=$((failed + 1))
        echo "not ok - $name"
        tail -n 20 "$work/log" | sed 's/^/# /'
    fi
}

fresh() {
    if mountpoint -q "$root"; then umount -R -l "$root"; fi
    rm -rf "$work"/layers/*
    mkdir "$work"/layers/{upper,work}
    mount -t overlay overlay -o "lowerdir=/,upperdir=$work/layers/upper,workdir=$work/layers/work" "$root"
    # No service manager runs in here, and nothing of this machine's own is in the way.
    mount -t tmpfs tmpfs "$root/run"
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    rm -rf "$root"/{etc/lockerd,var/lib/lockerd,usr/lib/villagelocker,etc/county-server,var/lib/county-server}
    mkdir -p "$root/debs"
    cp "$work"/out/*.deb "$root/debs/"
}

inside() { chroot "$root" "$@"; }
package() { inside dpkg --force-depends "$@" </dev/null; }
# deb PART VERSION
deb() { echo "/debs/villagelocker-${1}_${2}_$(dpkg --print-architecture).deb"; }
current() { readlink "$root/usr/lib/villagelocker/$1/current"; }
# shellcheck disable=SC2016  # dpkg-query fills the form in
state() { inside dpkg-query -W -f '${db:Status-Status}' "villagelocker-$1"; }

build() { # version, folder
    local programs=$work/programs-$1 program
    mkdir -p "$programs"
    for program in lockerd lockerctl county-server locker-outputs-off; do
        gcc -O1 -DVERSION="\"$1\"" "$here/selftest/stub.c" -o "$programs/$program"
    done
    LOCKER_VERSION=$1 "$here/deb.sh" --programs "$programs" --checkouts "$checkouts" --out "$2"
}

runs() { # part, version: that one starts and nothing else lies there
    [[ $(current "$1") == "$2" ]] || { echo "current is $(current "$1")"; return 1; }
    [[ -z $(find "$root/usr/lib/villagelocker/$1" -mindepth 1 -maxdepth 1 -not -name current -not -name "$2") ]] ||
        { ls "$root/usr/lib/villagelocker/$1"; return 1; }
    starts "$1" "$2"
}

starts() { # part, version...: one of them starts
    local part=$1 shown
    shift
    case $part in
        station) shown=$(inside /usr/sbin/lockerd --version) ;;
        county) shown=$(inside /usr/bin/county-server --version) ;;
    esac
    [[ " $* " == *" $shown "* ]] || { echo "version $shown starts"; return 1; }
}

refused() { # text, command...: it fails and says so
    local text=$1 said
    shift
    if said=$("$@" 2>&1); then echo "it did not fail: $said"; return 1; fi
    grep -qF "$text" <<<"$said" || { echo "$said"; return 1; }
}

write_books() { # version
    mkdir -p "$root/var/lib/lockerd/keys"
    printf %s "$1" >"$root/var/lib/lockerd/journal.sqlite"
    echo secret >"$root/var/lib/lockerd/keys/station"
    echo journal >"$root/var/lib/lockerd/keys/journal"
    inside chown -R lockerd: /var/lib/lockerd
}

echo "# building stub packages"
for version in 1.0.0 1.1.0; do build "$version" "$work/out" >"$work/build" 2>&1 || { cat "$work/build"; exit 1; }; done
build 1.1.0 "$work/again" >"$work/build" 2>&1
must "two builds of one commit are the same bytes" bash -c "for deb in '$work'/again/*.deb; do cmp \"\$deb\" '$work'/out/\"\${deb##*/}\" || exit 1; done"

# shellcheck source=systemd/packaging/selftest/station.sh
source "$here/selftest/station.sh"
# shellcheck source=systemd/packaging/selftest/county.sh
source "$here/selftest/county.sh"
# shellcheck source=systemd/packaging/selftest/cuts.sh
source "$here/selftest/cuts.sh"
echo "$passed passed, $failed failed, 0 skipped"
[[ $failed -eq 0 ]]
