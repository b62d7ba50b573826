#!/bin/bash
# Makes the root of a Debian system outside the tree, as a tar file, and prints that file's path; the second run only
# checks. Needs root, and for a foreign architecture qemu-user-static.
# root.sh --suite SUITE --arch ARCH [--packages FILE|NAME,NAME...]... [--unpack DIR] [--again]
#   --packages  packages beside Debian's essential ones: a list as .ci/packages.txt is, or names; may be repeated
#   --unpack    a folder that is made, or empty, into which the root is unpacked as well
#   --again     makes it anew although it is there: with the packages of today
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin
umask 022

# The tar file and, while it is made, the root itself.
cache_mib=2048
home=~
cache=${VILLAGELOCKER_CACHE:-${XDG_CACHE_HOME:-$home/.cache}/villagelocker}/root
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

say() { echo "root: $*" >&2; }
die() { say "$*"; exit 1; }
usage() { die "usage: root.sh --suite SUITE --arch ARCH [--packages FILE|NAME,NAME...]... [--unpack DIR] [--again]"; }

suite='' arch='' unpack='' again='' names=()
while [[ $# -gt 0 ]]; do
    case $1 in
        --again) again=yes; shift; continue ;;
        --suite | --arch | --packages | --unpack) [[ $# -ge 2 ]] || usage ;;
        *) usage ;;
    esac
    case $1 in
        --suite) suite=$2 ;;
        --arch) arch=$2 ;;
        --unpack) unpack=$2 ;;
        --packages)
            if [[ $2 == */* ]]; then
                [[ -r $2 ]] || die "no package list $2"
                while read -r name; do names+=("$name"); done < <(
                    sed -e 's/#.*//' -e "s/\[$arch\]//" -e '/\[/d' -e 's/[[:space:]]//g' -e '/^$/d' "$2")
            else
                IFS=, read -r -a more <<<"$2"
                names+=("${more[@]}")
            fi
            ;;
    esac
    shift 2
done
[[ -n $suite && -n $arch ]] || usage
[[ $(id -u) -eq 0 ]] || die "it needs root, because it unpacks files of other owners; run it with sudo"
for name in mmdebstrap arch-test; do
    command -v "$name" >/dev/null || die "$name is missing; type: sudo apt-get install mmdebstrap arch-test"
done
if [[ -n $unpack ]]; then
    mkdir -p "$unpack"
    [[ -z $(ls -A "$unpack") ]] || die "$unpack is not empty"
fi

# mirror LABEL: where this machine's apt has Debian from.
mirror() {
    apt-get indextargets --format "\$(LABEL)|\$(REPO_URI)" "Created-By: Packages" "Origin: Debian" 2>/dev/null |
        sed -n "s/^$1|//p" | sort -u | head -n 1
}

# Lines of sources.list for the suite. Unstable has neither updates nor security.
sources() {
    local main security
    main=$(mirror Debian) security=$(mirror Debian-Security)
    [[ -n $main ]] || die "apt knows no Debian mirror; type: sudo apt-get update"
    echo "deb [signed-by=$keyring] $main $suite main"
    [[ $suite != sid && $suite != unstable ]] || return 0
    echo "deb [signed-by=$keyring] $main $suite-updates main"
    [[ -z $security ]] || echo "deb [signed-by=$keyring] $security $suite-security main"
}

# shellcheck source=Hardware/board/foreign.sh
source "$(dirname "${BASH_SOURCE[0]}")/foreign.sh"
new=''
# shellcheck disable=SC2317
finish() {
    [[ -z $new ]] || rm -rf "$new"
    forget_runnable
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# has_room MIB
has_room() {
    local free
    free=$(df --output=avail -BM "$cache" | tail -n 1 | tr -dc 0-9)
    ((free >= $1)) ||
        die "$cache has $free MiB free and $1 are needed: make room, or set VILLAGELOCKER_CACHE to another folder"
}

mkdir -p "$cache" 2>/dev/null || die "cannot write into $cache: set VILLAGELOCKER_CACHE to a folder that you can write to"
cache=$(realpath "$cache")
include=$(printf '%s\n' "${names[@]}" | sed '/^$/d' | sort -u | paste -sd,)
# Counts up when what follows makes another root of the same packages.
recipe=$(echo "1 $include" | sha256sum | cut -c1-12)
out=$cache/$suite-$arch-$recipe.tar
exec 9>"$cache/$suite-$arch-$recipe.lock"
flock 9

if [[ ! -e $out || -n $again ]]; then
    has_room "$cache_mib"
    make_runnable "$arch"
    # Not in a temporary folder: that may be small, or in memory.
    new=$(mktemp -d "$cache/new.XXXXXX")
    sources >"$new/sources.list"
    # shellcheck disable=SC2016
    printf '#!/bin/sh\nrm -f "$1/etc/apt/apt.conf.d/99mmdebstrap"\n' >"$new/tidy"
    chmod +x "$new/tidy"
    say "making a root of $suite for $arch (about two minutes)"
    TMPDIR=$new mmdebstrap --mode=root --arch="$arch" --variant=minbase --format=tar --include="$include" \
        --aptopt='Acquire::Retries "3"' --customize-hook="$new/tidy" \
        "$suite" "$new/root.tar" "$new/sources.list" >"$new/log" 2>&1 || {
        tail -n 30 "$new/log" >&2
        die "no root of $suite for $arch: the lines above say why"
    }
    mv -T "$new/root.tar" "$out"
    find "$cache" -maxdepth 1 -name "*.tar" -mtime +30 -delete
fi
touch "$out"
[[ -z $unpack ]] || tar -x -f "$out" -C "$unpack" --numeric-owner --xattrs --xattrs-include='*'
echo "$out"
