#!/bin/bash
# Makes the flashable image of a station's card and prints its path: Debian 13, the station package installed by apt, and the
# settings of files/. It holds no kernel and no bootloader: board.sh brings those of the virtual board, and
# Hardware/boards/README.md says what a real board adds. Needs root (it makes files of other owners) and mounts nothing
# outside a mount namespace of its own.
# image.sh --deb FILE.deb [--deb FILE.deb]... [--arch arm64] [--out FILE]
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin
umask 022

suite=trixie arch=arm64
# Partitions, in MiB. The first begins behind every bootloader of the boards' page (Rockchip's ends at 16 MiB), so the table
# must be MBR: Allwinner's loader lies where a GPT would be.
first_mib=16 boot_mib=256 root_mib=2560 data_mib=1024
# The unpacked root, its file systems and the image, all sparse.
room_mib=4096
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=~
cache=${VILLAGELOCKER_CACHE:-${XDG_CACHE_HOME:-$home/.cache}/villagelocker}/board

say() { echo "image: $*" >&2; }
die() { say "$*"; exit 1; }
usage() { die "usage: image.sh --deb FILE.deb [--deb FILE.deb]... [--arch arm64] [--out FILE]"; }
# shellcheck source=Hardware/board/foreign.sh
source "$here/foreign.sh"

debs=() out=''
while [[ $# -gt 0 ]]; do
    [[ $# -ge 2 ]] || usage
    case $1 in
        --deb) debs+=("$2") ;;
        --arch) arch=$2 ;;
        --out) out=$2 ;;
        *) usage ;;
    esac
    shift 2
done
[[ $arch == arm64 ]] || die "images are made for arm64, not for $arch: say --arch arm64"
[[ ${#debs[@]} -gt 0 ]] || usage
[[ $(id -u) -eq 0 ]] || die "it needs root, because it makes files of other owners; run it with sudo"
while read -r name package; do
    command -v "$name" >/dev/null || die "$name is missing; type: sudo apt-get install $package"
done <<<$'mke2fs e2fsprogs\nmkfs.vfat dosfstools\nmcopy mtools\nsfdisk fdisk\nunshare util-linux\narch-test arch-test'

version=''
for deb in "${debs[@]}"; do
    [[ -r $deb ]] || die "no package $deb: make deb ARCH=arm64 builds it"
    read -r name found_version found_arch < <(dpkg-deb -W --showformat "\${Package} \${Version} \${Architecture}\n" "$deb")
    [[ $found_arch == "$arch" || $found_arch == all ]] ||
        die "$deb is for $found_arch and the image for $arch: make deb ARCH=$arch builds the right one"
    [[ $name != villagelocker-station ]] || version=$found_version
done
[[ -n $version ]] || die "none of ${debs[*]} is villagelocker-station: name its package with --deb"

mkdir -p "$cache" 2>/dev/null || die "cannot write into $cache: set VILLAGELOCKER_CACHE to a folder that you can write to"
cache=$(realpath "$cache")
free=$(df --output=avail -BM "$cache" | tail -n 1 | tr -dc 0-9)
((free >= room_mib)) ||
    die "$cache has $free MiB free and $room_mib are needed: make room, or set VILLAGELOCKER_CACHE to another folder"
[[ -n $out ]] || out=$cache/villagelocker-$version-$arch.img
mkdir -p "$(dirname "$out")"
out=$(realpath "$out")

work=''
# shellcheck disable=SC2317
finish() {
    [[ -z $work ]] || rm -rf --one-file-system "$work"
    forget_runnable
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
work=$(mktemp -d "$cache/image.XXXXXX")
root=$work/root

"$here/root.sh" --suite "$suite" --arch "$arch" --packages "$here/packages-image.txt" --unpack "$root" >/dev/null
make_runnable "$arch"

# shellcheck disable=SC2016  # the inner shell fills it in
# inside COMMAND...: in the image's root, with proc, sys and dev of its own that vanish with the command.
inside() {
    unshare --mount --pid --fork --kill-child --propagation private bash -euc '
        root=$1; shift
        mount -t proc proc "$root/proc"
        mount -t sysfs -o ro sysfs "$root/sys"
        mount -t tmpfs -o mode=0755 dev "$root/dev"
        for name in null zero full random urandom; do touch "$root/dev/$name"; mount --bind "/dev/$name" "$root/dev/$name"; done
        ln -s /proc/self/fd "$root/dev/fd"
        mount -t tmpfs -o mode=1777 tmp "$root/tmp"
        mount -t tmpfs -o mode=0755 run "$root/run"
        mkdir "$root/run/debs"
        if [[ -d $DEBS ]]; then mount --bind "$DEBS" "$root/run/debs"; fi
        exec chroot "$root" /usr/bin/env -i HOME=/root TERM=dumb LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive SYSTEMD_OFFLINE=1 \
            PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
            ${http_proxy:+http_proxy=$http_proxy} ${https_proxy:+https_proxy=$https_proxy} "$@"
    ' inside "$root" "$@"
}

install_packages() {
    local name names=()
    mkdir "$work/debs"
    for deb in "${debs[@]}"; do
        cp "$deb" "$work/debs/"
        names+=("/run/debs/$(basename "$deb")")
    done
    # As this machine reaches its mirror.
    cp --remove-destination -L /etc/resolv.conf "$root/etc/resolv.conf" 2>/dev/null || true
    cat /etc/hosts >"$root/etc/hosts"
    apt-config dump | grep -E '^Acquire::([a-z]+::Proxy|Check-)' >"$root/etc/apt/apt.conf.d/90host" || true
    export DEBS=$work/debs
    say "installing ${names[*]##*/} by apt"
    {
        inside apt-get -qq update &&
            inside apt-get -qq -y --no-install-recommends -o Dpkg::Use-Pty=0 install "${names[@]}"
    } >"$work/apt.log" 2>&1 || { tail -n 40 "$work/apt.log" >&2; die "apt does not install it: the lines above say why"; }
    rm -f "$root/etc/apt/apt.conf.d/90host"
    # A card is anywhere: Debian's own mirror, and the part that has a board's firmware.
    rm -f "$root"/etc/apt/sources.list.d/*
    {
        echo "deb https://deb.debian.org/debian $suite main non-free-firmware"
        echo "deb https://deb.debian.org/debian $suite-updates main non-free-firmware"
        echo "deb https://deb.debian.org/debian-security $suite-security main non-free-firmware"
    } >"$root/etc/apt/sources.list"
}

settle_system() {
    cp -r --no-preserve=ownership "$here/files/." "$root/"
    chmod 0440 "$root/etc/sudoers.d/tech"
    mkdir -p "$root/boot/firmware" "$root/var/backups/lockerd" "$root/var/log/journal" "$root/usr/lib/modules"
    # One command, because each start of an emulated program costs a second.
    inside bash -euc '
        visudo -q -c
        # Keys and password come from the boot partition: no account has a password that anybody knows.
        useradd --create-home --shell /bin/bash --comment Technician --password "*" --groups lockerd-tech,systemd-journal tech
        usermod --password "*" root
        chown lockerd:lockerd /var/backups/lockerd
        chmod 0700 /var/backups/lockerd
        systemctl --quiet enable systemd-networkd systemd-resolved systemd-timesyncd ssh fstrim.timer locker-access locker-grow
        # Nothing waits for a network; nothing is fetched over a paid link or written to the card unasked; no login on the
        # screen and no reboot by a keyboard that anybody can plug in. Nothing is mounted or loaded that a station has no use for.
        systemctl --quiet mask systemd-networkd-wait-online.service apt-daily.timer apt-daily-upgrade.timer e2scrub_all.timer \
            dpkg-db-backup.timer getty@tty1.service autovt@.service ctrl-alt-del.target e2scrub_reap.service \
            dev-mqueue.mount dev-hugepages.mount modprobe@drm.service modprobe@fuse.service modprobe@efi_pstore.service
        systemctl --quiet is-enabled lockerd.service
        dpkg --audit
        apt-get clean
    ' >"$work/settle.log" 2>&1 || { cat "$work/settle.log" >&2; die "the image cannot be set up: see above; is lockerd.service enabled by its package?"; }
    [[ ! -s $work/settle.log ]] || { cat "$work/settle.log" >&2; die "a package of the image is not whole: see above"; }
    ln -sfn ../run/systemd/resolve/stub-resolv.conf "$root/etc/resolv.conf"
    # What must differ between two cards is made on the board.
    rm -f "$root"/etc/ssh/ssh_host_* "$root"/var/lib/dbus/machine-id "$root"/var/lib/systemd/{random-seed,credential.secret}
    : >"$root/etc/machine-id"
    rm -rf "$root"/var/lib/apt/lists/* "$root"/var/cache/{apt,debconf,ldconfig}/* "$root"/var/log/{apt,dpkg.log,alternatives.log} \
        "$root"/var/lib/dpkg/*-old "$root"/etc/{passwd,group,shadow,gshadow}-
    # SSH by the network card alone, not by sockets of virtual machines.
    mkdir -p "$root/etc/systemd/system-generators"
    ln -sfn /dev/null "$root/etc/systemd/system-generators/systemd-ssh-generator"
    # What systemd does on the first start after a change of /usr (ldconfig, the log's catalogue) is done already.
    touch "$root/etc/.updated" "$root/var/.updated"
    echo "villagelocker-station $version, Debian $suite $arch, made $(date -u +%F)" >"$root/etc/villagelocker-image"
}

# partition NAME MIB: an empty file.
partition() {
    truncate -s "${2}M" "$work/$1"
}

make_image() {
    local image=$work/image tool
    partition boot "$boot_mib"
    mkfs.vfat -F 32 -n LOCKERBOOT "$work/boot" >/dev/null
    # Old editors on Windows want carriage returns and a mark.
    { printf '\357\273\277'; sed 's/$/\r/' "$here/boot/README.txt"; } >"$work/README.txt"
    sed 's/$/\r/' "$here/boot/enrol.toml.example" >"$work/enrol.toml.example"
    mcopy -i "$work/boot" "$work/README.txt" "$work/enrol.toml.example" ::/

    mkdir "$work/data"
    find "$root/var/lib/lockerd" -mindepth 1 -maxdepth 1 -exec mv -t "$work/data" {} + 2>/dev/null || true
    mkdir -p "$root/var/lib/lockerd"
    chown --reference="$root/var/backups/lockerd" "$work/data"
    chmod 0700 "$work/data"
    # Nothing is left to be initialised later, in the background, on the card.
    tool=(mke2fs -q -t ext4 -E "lazy_itable_init=0,lazy_journal_init=0,nodiscard")
    partition rootfs "$root_mib"
    "${tool[@]}" -L LOCKERROOT -m 2 -J size=16 -d "$root" "$work/rootfs"
    partition datafs "$data_mib"
    # lockerd keeps its own reserve; one per cent is for repairs. Room for the table of blocks at four times the size.
    "${tool[@]}" -L LOCKERDATA -m 1 -J size=16 -d "$work/data" "$work/datafs"

    truncate -s "$((first_mib + boot_mib + root_mib + data_mib))M" "$image"
    sfdisk -q "$image" <<-END
	label: dos
	start=${first_mib}MiB, size=${boot_mib}MiB, type=c, bootable
	size=${root_mib}MiB, type=83
	size=${data_mib}MiB, type=83
	END
    place boot "$first_mib" "$image"
    place rootfs "$((first_mib + boot_mib))" "$image"
    place datafs "$((first_mib + boot_mib + root_mib))" "$image"
    mv -T "$image" "$out"
}

# place NAME MIB IMAGE: only what was written.
place() {
    dd if="$work/$1" of="$3" bs=1M seek="$2" conv=notrunc,sparse status=none
}

install_packages
settle_system
used=$(du -sm --one-file-system "$root" | cut -f1)
make_image
say "the root holds $used MiB; the image is $(stat -c %s "$out" | numfmt --to=iec), $(du -k "$out" | cut -f1 | numfmt --from-unit=1024 --to=iec) of it written"
echo "$out"
