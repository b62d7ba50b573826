#!/bin/bash
# Makes a minimal Debian 12 for amd64 with systemd as an ext4 image, outside the tree, and prints that file; the second run
# only checks. It holds what the packages depend on, so that apt can install them without a network, and nothing of ours.
# No mounts of its own and no root: mmdebstrap chooses root, a user namespace or fakechroot by itself.
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin
umask 022

suite=bookworm
# The root is a sparse file; unpacked it takes about 300 MiB, and a test installs several versions beside each other.
image_mib=1400
cache_mib=900 temporary_mib=1000
# systemd as process 1, what a station's packages need, man for their pages; nothing that starts by itself.
include=(
    systemd-sysv udev kmod procps man-db ca-certificates tzdata
    libsqlite3-0 libgpiod2 libusb-1.0-0 libxlsxwriter4 libzint2.11 libstdc++6 zlib1g
)
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=~
cache=${VILLAGELOCKER_CACHE:-${XDG_CACHE_HOME:-$home/.cache}/villagelocker}/board
temporary=${TMPDIR:-/tmp}

say() { echo "root: $*" >&2; }
die() { say "$*"; exit 1; }

# has_room FOLDER MIB VARIABLE
has_room() {
    local free
    free=$(df --output=avail -BM "$1" | tail -n 1 | tr -dc 0-9)
    ((free >= $2)) || die "$1 has $free MiB free and $2 are needed: make room, or set $3 to another folder"
}

mkdir -p "$cache" 2>/dev/null || true
[[ -w $cache ]] || die "cannot write into $cache: set VILLAGELOCKER_CACHE to a folder that you can write to"
cache=$(realpath "$cache")
exec 9>"$cache/root.lock"
flock 9

out=$cache/root-$suite-amd64-$(sha256sum "$here/install-root.sh" | cut -c1-12).ext4
if [[ -s $out ]]; then
    echo "$out"
    exit 0
fi

for program in mmdebstrap mke2fs fakeroot; do
    command -v "$program" >/dev/null || die "$program is missing; type: make packages-board"
done
has_room "$cache" "$cache_mib" VILLAGELOCKER_CACHE
has_room "$temporary" "$temporary_mib" TMPDIR
work=$(mktemp -d "$temporary/villagelocker-root.XXXXXX")
trap 'rm -rf --one-file-system "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
# In a user namespace mmdebstrap is another user.
chmod 0755 "$work"

# This machine's mirrors, and how it reaches them.
# shellcheck disable=SC2016  # apt-get fills the form in
apt-get indextargets 'Created-By: Packages' 'Origin: Debian' --format 'deb $(REPO_URI) $(CODENAME) $(COMPONENT)' |
    sort -u | grep -E " $suite(-security|-updates)? main$" >"$work/sources" ||
    die "no Debian 12 mirror is known here; type: sudo apt-get update"
apt-config dump | grep -E '^Acquire::([a-z]+::Proxy|Check-)' >"$work/apt.conf" || true

began=$SECONDS
say "making a Debian root of $suite"
options=(
    --variant=minbase --architectures=amd64 --format=tar
    --aptopt="$work/apt.conf" --aptopt='Acquire::Languages "none"'
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/locale/*'
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/info/*'
    --include="$(IFS=, && echo "${include[*]}")"
    # Packages that a test installs come with their pages, and apt has no mirror.
    --customize-hook="rm -f \"\$1\"/etc/dpkg/dpkg.cfg.d/99mmdebstrap \"\$1\"/etc/apt/apt.conf.d/99mmdebstrap"
    --customize-hook="rm -f \"\$1\"/etc/apt/sources.list \"\$1\"/etc/apt/sources.list.d/*"
    --customize-hook="echo board >\"\$1\"/etc/hostname; echo 127.0.0.1 localhost board >\"\$1\"/etc/hosts"
    --customize-hook="mkdir -p \"\$1\"/var/log/journal; : >\"\$1\"/etc/machine-id; : >\"\$1\"/etc/fstab"
    # No index of manual pages anew with each package: man finds them without.
    --customize-hook="rm -f \"\$1\"/var/lib/man-db/auto-update"
    # Timers of packages must not run in the middle of a test, and nobody logs in.
    --customize-hook="rm -f \"\$1\"/etc/systemd/system/timers.target.wants/* \"\$1\"/etc/systemd/system/getty.target.wants/*"
)
TMPDIR=$work mmdebstrap "${options[@]}" "$suite" "$work/root.tar" - <"$work/sources" >"$work/log" 2>&1 || {
    tail -n 40 "$work/log" >&2
    die "no Debian root was made: the lines above say why; without a network only a root made before can be used"
}
say "packing it into an image"
mkdir "$work/tree"
# shellcheck disable=SC2016  # the inner shell fills them in
pack='tar -xf "$1/root.tar" -C "$1/tree" --numeric-owner && rm "$1/root.tar" &&
    mke2fs -q -t ext4 -L root -d "$1/tree" -E lazy_itable_init=1,lazy_journal_init=1 "$2" "$3"M'
without_root=()
[[ $(id -u) == 0 ]] || without_root=(fakeroot --)
rm -f "$out.new"
"${without_root[@]}" bash -c "$pack" pack "$work" "$out.new" "$image_mib" >"$work/log" 2>&1 || {
    tail -n 20 "$work/log" >&2
    die "no image was made of the root"
}
mv -T "$out.new" "$out"
find "$cache" -mindepth 1 -maxdepth 1 -name 'root-*.ext4' -mtime +30 ! -path "$out" -delete
say "made in $((SECONDS - began)) s: $out"
echo "$out"
