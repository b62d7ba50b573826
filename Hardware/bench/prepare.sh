#!/bin/bash
# Makes what boot.sh needs, outside the tree, and prints the folder. A second run only checks.
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin
umask 022

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=${VILLAGELOCKER_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/villagelocker}/bench

say() { echo "bench: $*" >&2; }
die() { say "$*"; exit 1; }

installed() { dpkg-query -W -f="\${$2}" "$1" 2>/dev/null; }

[[ $(dpkg --print-architecture) == amd64 ]] || die "only amd64 is supported"
# shellcheck disable=SC2016
missing=$(xargs -a "$here/packages.txt" dpkg-query -W -f='${db:Status-Status} ${Package}\n' 2>&1 |
    grep -v '^installed ' || true)
# The meta package may be absent as long as the source itself is there.
missing=$(grep -v 'matching linux-source$' <<<"$missing" || true)
[[ -z $missing ]] || die "install the packages of $here/packages.txt first: $missing"

headers=$(installed linux-headers-amd64 Depends | grep -o 'linux-headers-[0-9][^ ,]*') ||
    die "linux-headers-amd64 names no kernel"
release=${headers#linux-headers-}
version=$(installed "$headers" Version)
series=$(cut -d. -f1,2 <<<"$release")
tarball=/usr/src/linux-source-$series.tar.xz
[[ -r $tarball ]] || die "$tarball is missing: install linux-source-$series"
[[ $(installed "linux-source-$series" Version) == "$version" ]] ||
    die "linux-source-$series is not of version $version: upgrade both it and $headers"

mkdir -p "$root"
exec 9>"$root/lock"
flock 9

kernel=$root/kernel-$version
modules=$kernel/usr/lib/modules/$release
built=$root/module-$version-$(cat "$here"/module/* | sha256sum | cut -c1-12)
recipe=$(cat "$here/prepare.sh" "$here/unpack_kernel.py" "$here/guest/init" | sha256sum | cut -c1-12)
busybox=$(installed busybox-static Version)
out=$root/boot-$version-${built##*-}-$recipe-${busybox//[:\/]/_}

kernel_package() {
    local new=$kernel.new
    say "fetching linux-image-$release $version"
    rm -rf "$new"
    mkdir -p "$new/usr/lib"
    ln -s usr/lib "$new/lib"
    # As root apt drops to a user who may not be able to write here.
    (cd "$new" && apt-get -qq -o APT::Sandbox::User=root download "linux-image-$release=$version") ||
        die "cannot fetch linux-image-$release $version: apt-get update, upgrade $headers, and run again"
    dpkg-deb --fsys-tarfile "$new"/*.deb | tar -x -C "$new" --keep-directory-symlink --exclude='./usr/share'
    rm "$new"/*.deb
    mv -T "$new" "$kernel"
}

gpio_sim_module() {
    local new=$built.new
    say "building gpio-sim for $release"
    rm -rf "$new"
    mkdir -p "$new"
    local tree=linux-source-$series
    tar -xf "$tarball" -C "$new" --strip-components=3 --occurrence=1 \
        "$tree/drivers/gpio/gpio-sim.c" "$tree/drivers/gpio/gpiolib.h" "$tree/kernel/irq/irq_sim.c"
    cp "$here/module/Makefile" "$new/Kbuild"
    python3 "$here/module/patch.py" "$new"
    make -s -C "/lib/modules/$release/build" M="$new" modules >"$new/make.log" 2>&1 || {
        cat "$new/make.log" >&2
        die "gpio-sim does not build"
    }
    mv -T "$new" "$built"
}

boot_files() {
    local new=$out.new name
    local tree=$new/tree
    say "packing the initramfs"
    rm -rf "$new"
    mkdir -p "$tree"/{bin,dev,host,new,proc,sys,usr/lib} "$modules/extra"
    ln -s usr/lib "$tree/lib"
    strip --strip-debug -o "$modules/extra/gpio-sim-oot.ko" "$built/gpio-sim-oot.ko"
    depmod -b "$kernel" "$release"
    cp /bin/busybox "$tree/bin/"
    for name in sh mount mkdir ln readlink; do ln -s busybox "$tree/bin/$name"; done
    cp "$here/guest/init" "$tree/init"
    for name in virtio_pci 9pnet_virtio 9p virtio_blk crc32c_generic ext4 dummy_hcd libcomposite \
        usb_f_hid usb_f_acm usbhid hid_generic evdev gpio-sim-oot; do
        modprobe -d "$kernel" -S "$release" --show-depends "$name" >>"$new/depends" || die "no module $name"
    done
    sed -n 's/^insmod \([^ ]*\).*/\1/p' "$new/depends" | sort -u >"$new/files"
    while read -r name; do
        install -D -m 0644 "$name" "$tree${name#"$kernel"}"
    done <"$new/files"
    cp "$modules"/modules.{builtin,builtin.modinfo,order} "$tree/usr/lib/modules/$release/"
    depmod -b "$tree" "$release"
    (cd "$tree" && find . -print0 | cpio --quiet -0 -o -H newc -R 0:0) >"$new/initramfs"
    # An uncompressed kernel spares the emulated processor the decompression.
    python3 "$here/unpack_kernel.py" "$kernel/boot/vmlinuz-$release" "$new/vmlinux"
    echo "$release" >"$new/release"
    ln -s "$modules" "$new/modules"
    rm -r "$tree" "$new"/{depends,files}
    mv -T "$new" "$out"
    find "$root" -mindepth 1 -maxdepth 1 -type d -mtime +30 ! -path "$kernel" ! -path "$built" -exec rm -rf {} +
}

[[ -d $kernel ]] || kernel_package
[[ -d $built ]] || gpio_sim_module
[[ -d $out ]] || boot_files
echo "$out"
