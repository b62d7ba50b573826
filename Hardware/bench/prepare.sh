#!/bin/bash
# Checks all that the bench needs, makes what boot.sh needs of it, outside the tree, and prints that folder.
# The second run only checks. On a machine that is not amd64 there is no bench: nothing is made and nothing printed.
# prepare.sh [--arch amd64|arm64]: for arm64 the folder holds the file system of the board's root as well, and making that
# needs root.
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin
umask 022
# kbuild would read them.
unset ARCH CROSS_COMPILE KBUILD_OUTPUT MAKEFLAGS MAKEOVERRIDES O

# Unpacked kernel, module and initramfs; and what one run puts into the temporary folder: programs, libraries, a disk.
cache_mib=1024 temporary_mib=768
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=~
root=${VILLAGELOCKER_CACHE:-${XDG_CACHE_HOME:-$home/.cache}/villagelocker}/bench
temporary=${TMPDIR:-/tmp}

leftovers=()
trap '[[ ${#leftovers[@]} -eq 0 ]] || rm -rf "${leftovers[@]}"' EXIT
say() { echo "bench: $*" >&2; }
die() { say "$*"; exit 1; }
# shellcheck source=Hardware/bench/kernel.sh
source "$here/kernel.sh"

arch=amd64
if [[ $# -gt 0 ]]; then
    [[ $# -eq 2 && $1 == --arch && $2 =~ ^(amd64|arm64)$ ]] || die "usage: prepare.sh [--arch amd64|arm64]"
    arch=$2
fi
if [[ $(dpkg --print-architecture) != amd64 ]]; then
    say "it needs amd64: skipped here"
    exit 0
fi
check_packages "$here/packages.txt"
drivers=(virtio_pci 9pnet_virtio 9p virtio_blk crc32c_generic ext4 dummy_hcd libcomposite
    usb_f_hid usb_f_acm usbhid hid_generic evdev gpio-sim-oot)
cross=() strip=strip
# What choose_kernel finds, and the root of another board.
headers='' version='' release='' tarball='' source_package='' source_version='' guest=''
if [[ $arch == arm64 ]]; then
    # Its packages are named by architecture: this machine is amd64.
    check_packages "$here/packages-arm64.txt"
    # shellcheck source=Hardware/bench/arm64.sh
    source "$here/arm64.sh"
    drivers+=(i6300esb)
else
    choose_kernel
    check_kernel_files
fi

# has_room FOLDER MIB VARIABLE
has_room() {
    local free
    free=$(df --output=avail -BM "$1" | tail -n 1 | tr -dc 0-9)
    ((free >= $2)) || die "$1 has $free MiB free and $2 are needed: make room, or set $3 to another folder"
}

[[ -w $temporary ]] || die "cannot write into $temporary: set TMPDIR to a folder that you can write to"
temporary=$(realpath "$temporary")
mkdir -p "$root" 2>/dev/null || true
[[ -w $root ]] ||
    die "cannot write into $root: set VILLAGELOCKER_CACHE to a folder that you can write to"
root=$(realpath "$root")
exec 9>"$root/lock"
flock 9

if [[ $arch == arm64 ]]; then
    choose_kernel
    check_kernel_files
else
    kernel=$root/kernel-$release-$version
    build=/lib/modules/$release/build
    busybox=/bin/busybox
    busybox_version=$(version_of busybox-static)
fi
modules=$kernel/usr/lib/modules/$release
built=$root/module-$release-$version-$source_version-$(cat "$here"/module/* | sha256sum | cut -c1-12)
recipe=$(cat "$here"/{prepare.sh,kernel.sh,arm64.sh,unpack_kernel.py,guest/init} | sha256sum | cut -c1-12)
out=$root/boot-$release-$version-$source_version-${built##*-}-$recipe-${busybox_version//[:\/]/_}

gpio_sim_module() {
    local new=$built.new tree=$source_package
    say "building gpio-sim of $source_package for $headers"
    rm -rf "$new"
    mkdir -p "$new"
    [[ $temporary != *[[:space:]:]* ]] ||
        die "kbuild takes no folder with a space or a colon: set TMPDIR to another one than $temporary"
    built_in=$(mktemp -d "$temporary/gpio-sim.XXXXXX")
    leftovers+=("$built_in")
    {
        tar -xf "$tarball" -C "$built_in" --strip-components=3 --occurrence=1 \
            "$tree/drivers/gpio/gpio-sim.c" "$tree/drivers/gpio/gpiolib.h" "$tree/kernel/irq/irq_sim.c" &&
            cp "$here/module/Makefile" "$built_in/Kbuild" &&
            python3 "$here/module/patch.py" "$built_in" &&
            make -s -C "$build" M="$built_in" "${cross[@]}" modules
    } >"$new/make.log" 2>&1 || {
        tail -n 40 "$new/make.log" >&2
        die "$(does_not_build)"
    }
    cp "$built_in/gpio-sim-oot.ko" "$new/"
    mv -T "$new" "$built"
}

boot_files() {
    local new=$out.new name
    local tree=$new/tree
    say "packing the initramfs"
    rm -rf "$new"
    mkdir -p "$tree"/{bin,dev,host,new,proc,sys,usr/lib} "$modules/extra"
    ln -s usr/lib "$tree/lib"
    "$strip" --strip-debug -o "$modules/extra/gpio-sim-oot.ko" "$built/gpio-sim-oot.ko"
    depmod -b "$kernel" "$release"
    install -m 0755 "$busybox" "$tree/bin/busybox"
    for name in sh mount mkdir ln readlink; do ln -s busybox "$tree/bin/$name"; done
    cp "$here/guest/init" "$tree/init"
    chmod 0755 "$tree/init"
    for name in "${drivers[@]}"; do
        modprobe -d "$kernel" -S "$release" --show-depends "$name" >>"$new/depends" || die "no module $name"
    done
    sed -n 's/^insmod \(.*\.ko\).*/\1/p' "$new/depends" | sort -u >"$new/files"
    while read -r name; do
        install -D -m 0644 "$name" "$tree${name#"$kernel"}"
    done <"$new/files"
    cp "$modules"/modules.{builtin,builtin.modinfo,order} "$tree/usr/lib/modules/$release/"
    depmod -b "$tree" "$release"
    (cd "$tree" && find . -print0 | cpio --quiet -0 -o -H newc -R 0:0) >"$new/initramfs"
    # An uncompressed kernel spares the emulated processor the decompression; for arm64 Debian compresses none.
    if [[ $arch == arm64 ]]; then
        cp "$kernel/boot/vmlinuz-$release" "$new/vmlinux"
    else
        python3 "$here/unpack_kernel.py" "$kernel/boot/vmlinuz-$release" "$new/vmlinux"
    fi
    echo "$release" >"$new/release"
    ln -s "$modules" "$new/modules"
    rm -r "$tree" "$new"/{depends,files}
    mv -T "$new" "$out"
    find "$root" -mindepth 1 -maxdepth 1 -mtime +30 ! -path "$kernel" ! -path "$built" ! -name lock -exec rm -rf {} +
}

has_room "$temporary" "$temporary_mib" TMPDIR
[[ -d $out ]] || has_room "$root" "$cache_mib" VILLAGELOCKER_CACHE
[[ -d $kernel ]] || fetch_kernel "$kernel" "$root/lists"
[[ -d $built ]] || gpio_sim_module
[[ -d $out ]] || boot_files
if [[ $arch == arm64 ]]; then
    guest_root
    ln -sfn "$guest" "$out/root.img"
fi
# What is used is not old.
touch "$kernel" "$built" "$out" ${guest:+"$guest"}
note_skew "$(<"$kernel/package")"
echo "$out"
