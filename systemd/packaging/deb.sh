#!/bin/bash
# Builds Debian packages from programs that are built already:
#   deb.sh [--programs DIR] [--runtime DIR] [--host-programs DIR] [--checkouts DIR] [--arch amd64|arm64] [--out DIR] [--quick]
#     [--lint] [PART...]
# PART is station or county; without one, both. --programs holds the built programs (.build/release). For another
# architecture than this machine's --runtime holds its Swift libraries, and manual pages and completions come from the
# same programs built for this machine (--host-programs). --checkouts holds the sources of the Swift packages that are
# linked in, for their licences and for the manual's generator. --quick compresses less, for tests; --lint runs lint.sh. Two runs on one commit
# give the same bytes.
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin
umask 022
export LC_ALL=C.UTF-8 TZ=UTC

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tree=$(cd "$here/../.." && pwd)
programs=$tree/.build/release host_programs='' runtime='' checkouts=$tree/.build/checkouts
host=$(dpkg --print-architecture) arch='' out=$tree/.build/deb lint='' parts=() built=() jobs=()
# Two threads or more make the same bytes, one thread makes others.
compression=(-Zxz -z6 --threads-max=2)

say() { echo "deb: $*" >&2; }
die() { say "$*"; exit 1; }
# shellcheck source=systemd/packaging/deb/elf.sh
source "$here/deb/elf.sh"
# shellcheck source=systemd/packaging/deb/documents.sh
source "$here/deb/documents.sh"

while (($# > 0)); do
    case $1 in
        --programs | --runtime | --host-programs | --checkouts | --arch | --out)
            (($# > 1)) || die "$1 needs a value"
            name=${1#--}
            printf -v "${name//-/_}" %s "$2"
            shift 2
            ;;
        --quick) compression=(-Zgzip -z1); shift ;;
        --lint) lint=yes; shift ;;
        station | county) parts+=("$1"); shift ;;
        *) die "unknown argument $1: see the head of $0" ;;
    esac
done
((${#parts[@]} > 0)) || parts=(station county)
arch=${arch:-$host}
[[ $arch == amd64 || $arch == arm64 ]] || die "architecture $arch: amd64 and arm64 are known"
if [[ $arch == "$host" ]]; then
    host_programs=${host_programs:-$programs}
else
    host_programs=${host_programs:-$tree/.build/release}
    [[ -d $runtime ]] || die "for $arch name the folder of its Swift libraries: --runtime DIR"
fi

# What each package holds: programs with the link that starts them.
links_station=(lockerd=usr/sbin lockerctl=usr/bin locker-outputs-off=usr/libexec/lockerd)
links_county=(county-server=usr/bin)

# The number, from its one place; LOCKER_VERSION gives tests another one.
read_version() {
    local head=$tree/Sources/CVersion/include/cversion.h tags
    version=$(sed -n 's/^#define VILLAGELOCKER_VERSION "\(.*\)"$/\1/p' "$head")
    tags=$(git -C "$tree" tag --points-at HEAD 'v*')
    if [[ -n ${LOCKER_VERSION:-} ]]; then
        [[ $LOCKER_VERSION == "$version" ]] || say "note: LOCKER_VERSION calls it $LOCKER_VERSION, $head says $version"
        version=$LOCKER_VERSION
    elif [[ -n $tags ]] && ! grep -qxF "v$version" <<<"$tags"; then
        die "this commit has the tag ${tags//$'\n'/ }, and $head says $version: correct one of them"
    fi
    [[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || die "version \"$version\" is not of the form X.Y.Z: correct $head or LOCKER_VERSION"
}

# A program that calls itself something else was built before the number changed.
check_version() { # program
    local shown
    if [[ $arch == "$host" ]]; then
        shown=$("$programs/$1" --version 2>&1) || die "$programs/$1 --version fails: $shown"
        [[ $shown == "$version" ]] || die "$programs/$1 is version $shown and the package would be $version: build again"
    else
        # Not run here: the number is a text of its own in the file.
        strings -n 5 "$programs/$1" | grep -E "(^|[^0-9.])${version//./\\.}\$" >/dev/null ||
            die "$programs/$1 does not hold the version $version: build for $arch again"
    fi
}

install_file() { # mode, file, path in the package
    install -D -m "$1" "$2" "$root/$3"
}

install_programs() { # program=folder...
    local link program folder home=usr/lib/villagelocker/$part
    mkdir -p "$root/$home/$version"
    for link in "$@"; do
        program=${link%%=*} folder=${link#*=}
        [[ -x $programs/$program ]] || die "$programs/$program is missing: build it first"
        check_version "$program"
        install_file 0755 "$programs/$program" "$home/$version/$program"
        mkdir -p "$root/$folder"
        ln -s "$(realpath -m --relative-to="/$folder" "/$home/current/$program")" "$root/$folder/$program"
    done
    add_runtime "$root/$home/$version"
}

install_system() { # name of unit, sysusers and tmpfiles
    install_file 0644 "$tree/systemd/$1.service" "usr/lib/systemd/system/$1.service"
    install_file 0644 "$tree/systemd/$1.sysusers" "usr/lib/sysusers.d/$1.conf"
    install_file 0644 "$tree/systemd/$1.tmpfiles" "usr/lib/tmpfiles.d/$1.conf"
    install_file 0644 "$here/examples/$part.toml" "usr/share/villagelocker/$part.example.toml"
}

install_station() {
    local board kind
    install_file 0644 "$tree/systemd/90-lockerd.rules" usr/lib/udev/rules.d/90-lockerd.rules
    # Enrolment from the boot partition. Without that file the timer does nothing, so nobody needs to enable it.
    install_file 0755 "$tree/systemd/lockerd-first-boot" usr/libexec/lockerd/first-boot
    for kind in service timer; do
        install_file 0644 "$tree/systemd/lockerd-first-boot.$kind" "usr/lib/systemd/system/lockerd-first-boot.$kind"
    done
    mkdir -p "$root/usr/lib/systemd/system/timers.target.wants"
    ln -s ../lockerd-first-boot.timer "$root/usr/lib/systemd/system/timers.target.wants/"
    for board in "$tree"/Hardware/boards/*.toml; do
        install_file 0644 "$board" "usr/share/villagelocker/boards/${board##*/}"
    done
}

# A maintainer script is the package's values, the shared text, and its own.
maintainer_script() { # name
    local to=$root/DEBIAN/$1
    {
        echo '#!/bin/sh'
        echo 'set -e'
        printf "%s='%s'\n" package "$package" version "$version" part "$part" program "$program" unit "$unit" \
            user "$user" needed_kib "$installed_kib" needed_libc "$libc" built_for "$built_for"
        grep -v '^#!\|^: "\$' "$here/maintainer/common.sh"
        sed -e '1d' -e '/^set -e$/d' -e '/^# shellcheck source=/d' -e '/^\. /d' "$here/maintainer/$1.sh"
    } | grep -v '^ *# shellcheck' >"$to"
    chmod 0755 "$to"
}

describe() {
    case $part in
        station)
            echo "Description: village parcel station (lockerd)"
            echo " The daemon of a village parcel point: it drives the doors of a parcel locker"
            echo " over GPIO, reads barcode scanners and number pads over USB, keeps the parcel"
            echo " queue in a journal, works offline, and sends everything to the county once"
            echo " the link is back."
            echo " ."
            echo " It starts with simulated doors; lockerctl enrol makes it a real station."
            ;;
        county)
            echo "Description: county dispatch centre for village parcel stations"
            echo " Receives and checks the books of village parcel stations, and sends them"
            echo " manifests and commands. It listens on this machine alone until it is"
            echo " configured to do more."
            ;;
    esac
}

control() {
    local also=systemd
    [[ $part != station ]] || also+=', udev, ca-certificates'
    echo "Package: $package"
    echo "Source: villagelocker"
    echo "Version: $version"
    echo "Architecture: $arch"
    echo "Maintainer: VillageLocker maintainers <maintainers@villagelocker.dev>"
    echo "Installed-Size: $installed_kib"
    echo "Depends: $depends, $also"
    echo "Section: misc"
    echo "Priority: optional"
    describe
}

# KiB as dpkg counts them: each file rounded up, each folder and link one.
count_installed() {
    find "$root" -path "$root/DEBIAN" -prune -o \( -type f -printf '%s\n' -o -printf '1\n' \) |
        awk '{ kib += int(($1 + 1023) / 1024) } END { print kib }'
}

show_sizes() { # package file
    local home=$root/usr/lib/villagelocker/$part/$version file kib_programs=0 kib_runtime=0 kib
    for file in "$home"/*; do
        kib=$(($(stat -c %s "$file") / 1024))
        case $file in
            *.so*) kib_runtime=$((kib_runtime + kib)) ;;
            *) kib_programs=$((kib_programs + kib)); say "$part: ${file##*/} $kib KiB" ;;
        esac
    done
    echo "$1 $(($(stat -c %s "$1") / 1024)) KiB, installed $installed_kib KiB: programs $kib_programs KiB, Swift runtime $kib_runtime KiB"
}

deb_of() { echo "$out/villagelocker-${1}_${version}_$arch.deb"; } # part

build() {
    local package=villagelocker-$part unit user program links installed_kib depends libc built_for deb
    root=$work/$part
    case $part in
        station) unit=lockerd.service user=lockerd program=lockerd links=("${links_station[@]}") ;;
        county) unit=county-server.service user=county-server program=county-server links=("${links_county[@]}") ;;
    esac
    mkdir -p "$root/DEBIAN"
    install_programs "${links[@]}"
    install_system "$program"
    if [[ $part == station ]]; then install_station; fi
    install_documents "${links[@]}"
    find_depends "$root/usr/lib/villagelocker/$part/$version"
    installed_kib=$(count_installed)
    control >"$root/DEBIAN/control"
    for script in preinst postinst prerm postrm; do maintainer_script "$script"; done
    (cd "$root" && find . -path ./DEBIAN -prune -o -type f -printf '%P\0' | LC_ALL=C sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"
    find "$root" -depth -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
    deb=$(deb_of "$part")
    dpkg-deb --root-owner-group "${compression[@]}" --build "$root" "$deb.new" >/dev/null
    mv -f "$deb.new" "$deb"
    show_sizes "$deb"
}

read_version
if [[ -z ${SOURCE_DATE_EPOCH:-} ]]; then SOURCE_DATE_EPOCH=$(git -C "$tree" log -1 --format=%ct); fi
export SOURCE_DATE_EPOCH
mkdir -p "$out"
work=$(mktemp -d)
trap 'kill "${jobs[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT
manual_generator
# Side by side: a package keeps one core busy.
for part in "${parts[@]}"; do
    build &
    jobs+=("$!")
    built+=("$(deb_of "$part")")
done
failed=0
for job in "${jobs[@]}"; do wait "$job" || failed=1; done
jobs=()
((failed == 0)) || exit 1
if [[ -n $lint ]]; then "$here/lint.sh" "${built[@]}"; fi
