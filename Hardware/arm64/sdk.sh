#!/bin/bash
# Makes, once, what builds arm64 programs for Debian 13 on an amd64 machine, and prints its folder:
#   FOLDER/host     a chroot of Debian sid with its Swift compiler, a program of this machine's architecture;
#   FOLDER/host/sdk the SDK (an artifact bundle): a Debian 13 arm64 sysroot with the arm64 modules and libraries of that
#                   compiler. Compiler and modules must have one version: no other compiler reads them.
#   FOLDER/versions which packages went in.
# The second run only checks. Sid moves; what was made stays below VILLAGELOCKER_CACHE (~/.cache/villagelocker) until the
# recipe changes. LOCKER_MIRROR names a Debian mirror for a machine whose own apt knows none, LOCKER_SID_MIRROR one for sid.
# 1.3 GB to download and to keep, 4 GB more for what is made of it; 6 minutes on two processors that are busy.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=Hardware/arm64/common.sh
source "$here/common.sh"

cache_mib=8000
# GCC's version in Debian 13 (the target) and in sid (the compiler's machine).
target_gcc=14
target_packages=(
    libc6-dev linux-libc-dev "libgcc-$target_gcc-dev" "libstdc++-$target_gcc-dev"
    libgpiod-dev libsqlite3-dev libusb-1.0-0-dev libxlsxwriter-dev libzint-dev zlib1g-dev
)
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

own_mounts "$@"
need_machine "$here/packages.txt"
lock_cache
recipe=$({ cat "$here/sdk.sh"; echo "$suite"; } | sha256sum | cut -c1-12)
out=$root/sdk-$recipe

# logged NAME CAUSE COMMAND...: runs it quietly; when it fails, shows the end of what it printed and the likely cause.
logged() {
    local name=$1 cause=$2
    shift 2
    say "$name"
    "$@" >"$new/log" 2>&1 || {
        tail -n 30 "$new/log" >&2
        die "$name failed: $cause"
    }
}

find_mirror() {
    # shellcheck disable=SC2016  # apt's own variable
    mirror=${LOCKER_MIRROR:-$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' \
        'Label: Debian' 2>/dev/null | sort -u | head -n 1)}
    [[ -n $mirror ]] ||
        die "apt on this machine knows no Debian mirror: run apt-get update, or set LOCKER_MIRROR to a mirror's address"
    sid_mirror=${LOCKER_SID_MIRROR:-$mirror}
}

# Lists of our own, so that the machine's package sources stay as they are.
read_lists() {
    local lists=$new/apt
    mkdir -p "$lists"/{lists,archives}/partial
    touch "$lists/status"
    echo "deb [arch=amd64,arm64 signed-by=$keyring] $sid_mirror sid main" >"$lists/sources.list"
    apt=(
        -q -o "Dir::Etc::SourceList=$lists/sources.list" -o Dir::Etc::SourceParts=/dev/null -o "Dir::State=$lists"
        -o "Dir::State::Lists=$lists/lists" -o "Dir::State::status=$lists/status" -o "Dir::Cache=$lists"
        -o APT::Sandbox::User=root -o APT::Architecture=amd64 -o APT::Architectures::=amd64
        -o APT::Architectures::=arm64 -o Acquire::Languages=none -o Acquire::Retries=3
    )
    logged "reading the package lists of sid" \
        "$sid_mirror cannot be reached, has no sid, or $keyring is older than its signature (update debian-archive-keyring)" \
        apt-get "${apt[@]}" -o APT::Update::Error-Mode=any update
}

# version_in_sid PACKAGE
version_in_sid() { apt-cache "${apt[@]}" madison "$1" | awk 'NR == 1 { print $3 }'; }

# A rebuild (+b1) of one architecture alone changes nothing that modules depend on.
check_swift_versions() {
    local host target
    host=$(version_in_sid swiftlang)
    target=$(version_in_sid swiftlang:arm64)
    [[ -n $host && -n $target ]] ||
        die "sid has no swiftlang for $([[ -z $host ]] && echo amd64 || echo arm64) at the moment: wait for it," \
            "or set LOCKER_SID_MIRROR to a snapshot of sid that has it"
    [[ ${host%%+b*} == "${target%%+b*}" ]] ||
        die "sid has swiftlang $host for amd64 and $target for arm64, and modules must be of the compiler's version:" \
            "wait until both are built, or set LOCKER_SID_MIRROR to a snapshot of sid where they agree"
    swift_version=$target
}

make_host() {
    local host=$new/host archives=$root/debs/host
    mkdir -p "$archives"
    logged "unpacking Debian sid for the compiler" "$sid_mirror cannot be reached, or the disk is full" \
        debootstrap --variant=minbase --keyring="$keyring" --cache-dir="$archives" \
        --include=ca-certificates,git,pkg-config sid "$host" "$sid_mirror"
    mount --bind /proc "$host/proc"
    mount --bind /dev "$host/dev"
    mount --bind "$archives" "$host/var/cache/apt/archives"
    # A machine whose mirror stands still has told its own apt so; its other settings stay outside.
    apt-config dump Acquire::Check-Valid-Until Acquire::Check-Date >"$host/etc/apt/apt.conf.d/validity"
    # shellcheck disable=SC2016
    logged "installing Swift's compiler in it (0.5 GB)" "sid may be inconsistent today: try again tomorrow" \
        chroot "$host" /usr/bin/env -i PATH="$PATH" DEBIAN_FRONTEND=noninteractive sh -ec '
            echo "Binary::apt-get::APT::Keep-Downloaded-Packages \"true\";" >/etc/apt/apt.conf.d/keep
            echo force-unsafe-io >/etc/dpkg/dpkg.cfg.d/quick
            apt-get -q update
            apt-get -q install -y --no-install-recommends swiftlang libc6-dev \
                "$(apt-cache depends --important g++ | sed -n "s/.*Depends: g++-\([0-9]*\)$/libstdc++-\1-dev/p")"
            rm -rf /var/lib/apt/lists/*'
    umount "$host/var/cache/apt/archives" "$host/proc" "$host/dev"
}

# The modules and libraries of the arm64 compiler, without the compiler.
unpack_modules() {
    local debs=$root/debs/swiftlang-$swift_version name
    mkdir -p "$debs.new" "$new/modules"
    if [[ ! -d $debs ]]; then
        # shellcheck disable=SC2016
        logged "fetching Swift's arm64 modules (0.5 GB)" "$sid_mirror cannot be reached, or the disk is full" \
            bash -ec 'cd "$1"; shift; apt-get "$@"' - "$debs.new" "${apt[@]}" download \
            "swiftlang:arm64=$swift_version" "libswiftlang:arm64=$swift_version"
        mv -T "$debs.new" "$debs"
    fi
    say "unpacking them"
    for name in "$debs"/*.deb; do
        dpkg-deb --fsys-tarfile "$name" | tar -x -C "$new/modules" --wildcards './usr/libexec/swift/lib/*'
    done
}

make_sysroot() {
    local bundle=$new/host/sdk/$sdk_name.artifactbundle archives=$root/debs/target name link target
    local sysroot=$bundle/$suite/sysroot
    mkdir -p "$archives" "$sysroot"/usr/{lib,bin,sbin} "$sysroot/usr/libexec/swift/lib"
    logged "fetching the packages of Debian 13 that programs are linked against" \
        "$mirror cannot be reached, or a package was renamed in $suite" \
        debootstrap --arch=arm64 --variant=minbase --download-only --keyring="$keyring" --cache-dir="$archives" \
        --include="$(IFS=,; echo "${target_packages[*]}")" "$suite" "$new/target" "$mirror"
    for name in lib bin sbin; do ln -s "usr/$name" "$sysroot/$name"; done
    for name in "$new"/target/var/cache/apt/archives/*.deb; do
        dpkg-deb --fsys-tarfile "$name" | tar -x -C "$sysroot" --keep-directory-symlink \
            --exclude='./usr/share/*' --exclude='./usr/bin/*' --exclude='./usr/sbin/*'
        dpkg-deb -W --showformat="\${Package} \${Version}\n" "$name"
    done >"$new/target-versions"
    tar -C "$new/modules/usr/libexec/swift/lib" --exclude=swift/host --exclude=swift/embedded \
        --exclude=swift_static/embedded --exclude=swift/FrameworkABIBaseline --exclude=swift/pm \
        --exclude=swift/migrator -c clang swift swift_static | tar -x -C "$sysroot/usr/libexec/swift/lib"
    ln -s ../libexec/swift/lib/swift "$sysroot/usr/lib/swift"
    ln -s ../libexec/swift/lib/swift_static "$sysroot/usr/lib/swift_static"
    # An absolute link would lead out of the sysroot.
    while read -r link; do
        target=$(readlink "$link")
        ln -sfn "$(realpath -m --relative-to="$(dirname "$link")" "$sysroot$target")" "$link"
    done < <(find "$sysroot" -type l -lname '/*')
    # Debian's packages lack this library, and whatever imports Testing and Foundation asks for it.
    chroot "$new/host" /usr/libexec/swift/bin/llvm-ar rcs \
        "/sdk/$sdk_name.artifactbundle/$suite/sysroot/usr/lib/swift/linux/lib_Testing_Foundation.a"
    rm -rf "$new"/{target,modules}
}

describe_sdk() {
    local bundle=$new/host/sdk/$sdk_name.artifactbundle
    cat >"$bundle/info.json" <<EOF
{"schemaVersion": "1.0", "artifacts": {"$sdk_name": {"type": "swiftSDK", "version": "${swift_version%%-*}",
 "variants": [{"path": "$suite"}]}}}
EOF
    cat >"$bundle/$suite/swift-sdk.json" <<EOF
{"schemaVersion": "4.0", "targetTriples": {"aarch64-unknown-linux-gnu": {"sdkRootPath": "sysroot",
 "swiftResourcesPath": "sysroot/usr/lib/swift", "swiftStaticResourcesPath": "sysroot/usr/lib/swift_static",
 "toolsetPaths": ["toolset.json"]}}}
EOF
    cat >"$bundle/$suite/toolset.json" <<EOF
{"schemaVersion": "1.0", "rootPath": "/usr/libexec/swift/bin", "swiftCompiler": {"extraCLIOptions": ["-use-ld=lld"]},
 "linker": {"path": "ld.lld"}, "librarian": {"path": "llvm-ar"}}
EOF
    {
        echo "swiftlang $(chroot "$new/host" dpkg-query -W -f "\${Version}" swiftlang) (amd64, sid)"
        echo "swiftlang $swift_version (arm64, sid)"
        sed "s/\$/ (arm64, $suite)/" "$new/target-versions"
    } >"$new/versions"
    rm -f "$new/target-versions"
}

# A C program and a Swift program, compiled here and run by qemu-user: whatever the recipe lacks shows now.
try_sdk() {
    local sysroot=$new/host/sdk/$sdk_name.artifactbundle/$suite/sysroot try=$new/host/tmp/try printed
    local inside=/sdk/$sdk_name.artifactbundle/$suite/sysroot
    mkdir -p "$try"
    printf 'import Foundation\nprint("arm64", Date(timeIntervalSince1970: 0).timeIntervalSince1970)\n' >"$try/try.swift"
    mount --bind /proc "$new/host/proc"
    mount --bind /dev "$new/host/dev"
    logged "compiling a program with it" "the SDK is not whole: remove $root/debs and run again" \
        chroot "$new/host" swiftc -target aarch64-unknown-linux-gnu -sdk "$inside" -use-ld=lld \
        -resource-dir "$inside/usr/lib/swift" -Xclang-linker -resource-dir -Xclang-linker "$inside/usr/lib/swift/clang" \
        /tmp/try/try.swift -o /tmp/try/try
    umount "$new/host/proc" "$new/host/dev"
    printed=$(qemu-aarch64-static -L "$sysroot" -E LD_LIBRARY_PATH="$sysroot/usr/lib/swift/linux" "$try/try" 2>&1) || true
    [[ $printed == 'arm64 0.0' ]] || die "a program compiled with the SDK does not run under qemu-aarch64-static: $printed"
    rm -rf "$try"
}

make_sdk() {
    has_room "$cache_mib"
    find_mirror
    new=$out.new
    # --one-file-system: should anybody have mounted something there, it is not ours to remove.
    rm -rf --one-file-system "$new"
    mkdir -p "$new"
    read_lists
    check_swift_versions
    make_host
    unpack_modules
    make_sysroot
    describe_sdk
    try_sdk
    rm -rf "$new"/{apt,log}
    mv -T "$new" "$out"
    # What no run has used for a month.
    find "$root" -mindepth 1 -maxdepth 1 -type d \( -name 'sdk-*' -o -name 'build-*' \) -mtime +30 ! -path "$out" \
        -exec rm -rf --one-file-system {} +
    say "the SDK stands: Swift $swift_version for arm64 Debian $suite, $(du -sm "$out" | cut -f1) MB, $SECONDS s"
}

# The compiler finds its own libraries by /proc.
check_sdk() {
    [[ -e $out/versions ]] || return 1
    touch "$out"
    mount --bind /proc "$out/host/proc"
    chroot "$out/host" swiftc --version >/dev/null 2>&1
}

[[ -d $out ]] || make_sdk
check_sdk || die "$out is damaged: remove it, and the next run makes it anew"
echo "$out"
