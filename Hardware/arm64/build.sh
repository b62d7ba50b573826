#!/bin/bash
# Builds programs for Debian 13 on arm64 with the SDK of sdk.sh: build.sh [PRODUCT...], without names all that ship.
# Prints the folder with the result, which the packager takes:
#   FOLDER/programs  the programs, stripped, linked dynamically against Swift's runtime;
#   FOLDER/runtime   those libraries of the runtime that they need, stripped, each once for all programs;
#   FOLDER/needs     the libraries of Debian that both need, by soname;
#   FOLDER/swift     the compiler's version.
# The sources are copied below VILLAGELOCKER_CACHE first, by content, and compiled there at paths that are the same on every
# machine: a change rebuilds what it touches whatever clone it comes from, and no path of this machine gets into a program.
# LOCKER_VERSION gives the programs another version number. Swift packages come from the folders that git's own
# url.FOLDER.insteadOf names, else from the network.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=Hardware/arm64/common.sh
source "$here/common.sh"

# lockerd first: it compiles most of what the others need.
products=(lockerd locker-outputs-off lockerctl county-server)
build_mib=4000

own_mounts "$@"
need_machine "$here/packages.txt"
tree=$(realpath "$here/../..")
[[ -e $tree/Package.swift ]] || die "$tree/Package.swift is missing: this script belongs into Hardware/arm64 of the tree"
sdk=$("$here/sdk.sh")
lock_cache

host=$sdk/host
inside=/sdk/$sdk_name.artifactbundle/$suite/sysroot
sysroot=$host$inside
tools=/usr/libexec/swift/bin
# Another compiler or another sysroot cannot go on with what the last one left.
scratch=$root/build-$(sha256sum <"$sdk/versions" | cut -c1-12)
release=$scratch/aarch64-unknown-linux-gnu/release
swift_linux=$sysroot/usr/lib/swift/linux
out=$root/out

copy_sources() {
    local items=(Package.swift Sources Tests)
    [[ ! -e $tree/Package.resolved ]] || items+=(Package.resolved)
    mkdir -p "$root/src"
    (cd "$tree" && rsync -rlp --checksum --delete "${items[@]}" "$root/src/")
}

# Git's settings inside the chroot: only where packages come from, and that anybody's folder will do.
set_up_git() {
    local key value base
    printf '[safe]\n\tdirectory = *\n' >"$host/etc/gitconfig"
    while read -r key value; do
        base=${key#url.}
        base=${base%.insteadof}
        git config --file "$host/etc/gitconfig" --add "url.$base.insteadOf" "$value"
        [[ $base == /* ]] || continue
        [[ -d $base ]] || die "git's url.$base.insteadOf names a folder that does not exist: correct git's configuration"
        mkdir -p "$host$base"
        mountpoint -q "$host$base" || mount --bind "$base" "$host$base"
    done < <(git config --get-regexp '^url\..*\.insteadof$' || true)
}

mount_all() {
    mkdir -p "$scratch" "$host"/{src,build}
    touch "$scratch"
    mount --bind "$root/src" "$host/src"
    mount --bind "$scratch" "$host/build"
    mount --bind /proc "$host/proc"
    mount --bind /dev "$host/dev"
    cp -L /etc/resolv.conf "$host/etc/resolv.conf" 2>/dev/null || true
    set_up_git
}

# in_host COMMAND...
in_host() {
    local settings=(PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 "PKG_CONFIG_SYSROOT_DIR=$inside")
    [[ -z ${LOCKER_VERSION:-} ]] || settings+=("LOCKER_VERSION=$LOCKER_VERSION")
    # Should this script be killed, what it started ends too.
    setpriv --pdeathsig TERM chroot "$host" /usr/bin/env -i "${settings[@]}" "$@"
}

# SwiftPM gives every program the RUNPATH $ORIGIN; the compiler's own would be a path of this machine.
compile() {
    local began=$SECONDS
    say "building $1"
    in_host swift build --package-path /src --scratch-path /build --cache-path /build/cache \
        --swift-sdks-path /sdk --swift-sdk "$sdk_name" --pkg-config-path "$inside/usr/lib/aarch64-linux-gnu/pkgconfig" \
        -c release -debug-info-format none -Xswiftc -no-toolchain-stdlib-rpath --product "$1" >&2 ||
        die "$1 does not build for arm64 by $(head -n 1 "$sdk/versions"): the lines above say why. A source that" \
            "this machine's compiler takes and this older one does not has to be written for both; a package that cannot" \
            "be fetched needs the network, or git's url.FOLDER.insteadOf; and look whether $root has room left"
    say "$1 took $((SECONDS - began)) s"
}

# strip_to FOLDER MODE FILE
strip_to() {
    local name=${3##*/}
    cp -L "$3" "$scratch/strip"
    in_host "$tools/llvm-objcopy" --strip-all /build/strip /build/stripped
    install -m "$2" "$scratch/stripped" "$1/$name"
    rm -f "$scratch"/strip{,ped}
}

needed_by() { readelf -d "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]$/\1/p'; }

# Follows what programs need into the runtime, and notes what Debian must bring.
collect_runtime() {
    local waiting=("$new"/programs/*) file name
    : >"$new/needs.all"
    while [[ ${#waiting[@]} -gt 0 ]]; do
        file=${waiting[0]}
        waiting=("${waiting[@]:1}")
        while read -r name; do
            if [[ ! -e $swift_linux/$name ]]; then
                [[ -e $sysroot/usr/lib/aarch64-linux-gnu/$name ]] ||
                    die "${file##*/} needs $name, which is not among the packages of $suite in sdk.sh: add its package there"
                echo "$name" >>"$new/needs.all"
            elif [[ ! -e $new/runtime/$name ]]; then
                strip_to "$new/runtime" 0644 "$swift_linux/$name"
                waiting+=("$new/runtime/$name")
            fi
        done < <(needed_by "$file")
    done
    sort -u "$new/needs.all" >"$new/needs"
    rm "$new/needs.all"
}

# A path of this machine in a RUNPATH would load nothing there, or something foreign.
check_runpaths() {
    local file path
    for file in "$new"/{programs,runtime}/*; do
        path=$(readelf -d "$file" | sed -n 's/.*(\(RUNPATH\|RPATH\)).*\[\(.*\)\]$/\2/p')
        # shellcheck disable=SC2016  # the loader's variable
        [[ -z $path || $path == '$ORIGIN' ]] || die "${file##*/} looks for libraries in $path instead of \$ORIGIN"
    done
}

# Runs what was built on an emulated processor with Debian 13's libraries.
try_programs() {
    local program argument
    for program in "$new"/programs/*; do
        argument=--help
        # It takes the list of outputs and nothing else; an empty list is switched off at once.
        [[ ${program##*/} != locker-outputs-off ]] || argument=/dev/null
        qemu-aarch64-static -L "$sysroot" -E LD_LIBRARY_PATH="$new/runtime" "$program" "$argument" \
            >"$scratch/try.log" 2>&1 || {
            tail -n 20 "$scratch/try.log" >&2
            die "${program##*/} was built and does not run under qemu-aarch64-static"
        }
    done
}

[[ $# -eq 0 ]] || products=("$@")
has_room "$build_mib"
copy_sources
mount_all
for product in "${products[@]}"; do compile "$product"; done

new=$out.new
rm -rf "$new"
mkdir -p "$new"/{programs,runtime}
for product in "${products[@]}"; do strip_to "$new/programs" 0755 "$release/$product"; done
collect_runtime
check_runpaths
try_programs
head -n 1 "$sdk/versions" >"$new/swift"
rm -rf "$out"
mv -T "$new" "$out"
say "programs $(du -sm "$out/programs" | cut -f1) MB, runtime $(du -sm "$out/runtime" | cut -f1) MB, $SECONDS s"
echo "$out"
