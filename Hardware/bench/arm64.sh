# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154  # prepare.sh sets what is used here and uses what is set here
# The arm64 board of the bench: Debian 12's kernel for arm64 (its headers can be used on amd64), which nobody installed here,
# and Debian 13's files. Takes the place of what kernel.sh finds on the machine. For prepare.sh.

cross=(ARCH=arm64 CROSS_COMPILE=aarch64-linux-gnu- CC=aarch64-linux-gnu-gcc)
strip=aarch64-linux-gnu-strip
kernel_suite=bookworm guest_suite=trixie
# The root as a file system; most of it is a hole.
guest_mib=1200
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

mirror() {
    apt-get indextargets --format "\$(LABEL)|\$(REPO_URI)" "Created-By: Packages" "Origin: Debian" 2>/dev/null |
        sed -n "s/^$1|//p" | sort -u | head -n 1
}

# use_apt FOLDER: an apt that knows arm64 packages and nothing of what is installed here.
use_apt() {
    local folder=$1 main security
    main=$(mirror Debian) security=$(mirror Debian-Security)
    [[ -n $main ]] || die "apt knows no Debian mirror; type: sudo apt-get update"
    rm -rf "$folder"
    mkdir -p "$folder"/{lists,archives}/partial
    touch "$folder/status"
    {
        echo "deb [signed-by=$keyring] $main $kernel_suite main"
        echo "deb [signed-by=$keyring] $main $kernel_suite-updates main"
        [[ -z $security ]] || echo "deb [signed-by=$keyring] $security $kernel_suite-security main"
    } >"$folder/sources.list"
    apt=(
        -o APT::Architecture=arm64 -o APT::Architectures=arm64 -o APT::Sandbox::User=root
        -o "Dir::Etc::sourcelist=$folder/sources.list" -o Dir::Etc::sourceparts=/dev/null
        -o "Dir::State::Lists=$folder/lists" -o "Dir::State::status=$folder/status" -o "Dir::Cache=$folder"
    )
    apt-get -qq "${apt[@]}" update 2>"$folder/errors" >&2 || {
        tail -n 20 "$folder/errors" >&2
        die "the lists of arm64 packages cannot be fetched from $main: is there a network?"
    }
}

# Lines "RELEASE VERSION" of the kernels that can be had whole, best first: of the source's version, then the newest.
releases() {
    local name version
    apt-cache "${apt[@]}" pkgnames linux-image-6.1.0- | grep -E '^linux-image-6\.1\.0-[0-9]+-arm64$' | sort -rV |
        while read -r name; do
            version=$(apt-cache "${apt[@]}" madison "$name" | awk 'NR == 1 { print $3 }')
            [[ -n $(apt-cache "${apt[@]}" madison "${name/image/headers}") ]] || continue
            echo "$([[ $version == "$source_version" ]] && echo 0 || echo 1) ${name#linux-image-} $version"
        done | sort -s -n -k1,1 | cut -d' ' -f2-
}

# fetch_arm64 FOLDER: image, headers and busybox, unpacked.
fetch_arm64() {
    local new=$1.new deb
    rm -rf "$new"
    mkdir -p "$new/usr/lib" "$new/debs"
    ln -s usr/lib "$new/lib"
    use_apt "$new/apt"
    read -r release version < <(releases) || true
    [[ -n $release ]] || die "$(mirror Debian) has no linux-image-6.1.0-N-arm64 with its headers"
    say "fetching linux-image-$release $version, its headers and busybox-static for arm64"
    (cd "$new/debs" && apt-get -qq "${apt[@]}" download "linux-image-$release=$version" "linux-headers-$release=$version" \
        "linux-headers-${release%-arm64}-common=$version" busybox-static </dev/null 2>"$new/errors" >&2) || {
        tail -n 20 "$new/errors" >&2
        die "the kernel $release cannot be fetched: the lines above say why"
    }
    for deb in "$new"/debs/*.deb; do
        dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$new" --keep-directory-symlink --exclude='./usr/share'
    done
    # The build's own programs run on this machine; the paths of headers that are not installed begin elsewhere.
    ln -s /usr/lib/linux-kbuild-6.1 "$new/usr/lib/linux-kbuild-6.1"
    sed -i "s|/usr/src/|$1/usr/src/|" "$new/usr/src/linux-headers-$release/Makefile"
    sed -i 's/gcc-[0-9]*/gcc/' "$new/usr/src/linux-headers-$release/.kernelvariables"
    rm -f "$new/usr/lib/modules/$release"/{build,source}
    echo "linux-image-$release $version" >"$new/package"
    dpkg-deb -f "$new"/debs/busybox-static*.deb Version >"$new/busybox.version"
    rm -rf "$new"/{apt,debs,errors}
    mv -T "$new" "$1"
}

choose_kernel() {
    source_package=linux-source-6.1
    tarball=/usr/src/$source_package.tar.xz
    source_version=$(version_of "$source_package")
    kernel=$root/kernel-arm64-$source_version
    release='' version=''
    [[ $root != *[[:space:]:]* ]] ||
        die "kbuild takes no folder with a space or a colon: set VILLAGELOCKER_CACHE to another one than $root"
    if [[ ! -d $kernel ]]; then
        has_room "$root" "$cache_mib" VILLAGELOCKER_CACHE
        fetch_arm64 "$kernel"
    fi
    read -r release version <"$kernel/package"
    release=${release#linux-image-}
    headers=linux-headers-$release
    build=$kernel/usr/src/$headers
    busybox=$kernel/bin/busybox
    busybox_version=$(<"$kernel/busybox.version")
}

check_kernel_files() {
    [[ -r $tarball ]] || die "$tarball is missing; type: sudo apt-get install --reinstall $source_package"
    [[ -e $build/Makefile ]] || die "$build is damaged; type: rm -r $kernel"
}

# guest_root: sets `guest` to a file system with Debian 13 for arm64, made once and read by every guest.
guest_root() {
    local tar folder
    guest=$root/guest-arm64-$(sha256sum <"$here/packages-guest.txt" | cut -c1-12).img
    [[ ! -e $guest ]] || return 0
    folder=$guest.root
    rm -rf "$folder"
    leftovers+=("$folder")
    tar=$("$here/../board/root.sh" --suite "$guest_suite" --arch arm64 --packages "$here/packages-guest.txt" \
        --unpack "$folder" 9>&-) || exit 1
    say "making a file system of $(basename "$tar")"
    mkdir -p "$folder/usr/lib/modules"
    rm -rf "$folder"/var/{cache/apt,lib/apt/lists}/*
    rm -f "$guest.new"
    truncate -s "${guest_mib}M" "$guest.new"
    mke2fs -q -t ext4 -d "$folder" -L guest "$guest.new"
    rm -rf "$folder"
    mv -T "$guest.new" "$guest"
}
