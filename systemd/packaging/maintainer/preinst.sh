#!/bin/sh
# Before dpkg unpacks: refuses what cannot work while nothing is changed yet, and keeps the version in use.
set -e
# shellcheck source=systemd/packaging/maintainer/common.sh
. "${0%/*}/common.sh"

# Free KiB that must be left over after the new version lies beside the old one.
reserve_kib=8192

check_system() {
    libc=$(dpkg-query -W -f '${Version}\n' libc6 2>/dev/null | head -n 1)
    [ -n "$libc" ] || return 0
    if dpkg --compare-versions "$libc" lt "$needed_libc"; then
        name=$(sed -n 's/^PRETTY_NAME="\{0,1\}\([^"]*\)"\{0,1\}$/\1/p' /etc/os-release 2>/dev/null)
        die "this package is built for $built_for; this is ${name:-an older system} with libc6 $libc, and it needs $needed_libc" \
            "install the package that is built for this system, or upgrade Debian first; nothing was changed" \
            "系统版本过旧:请安装对应版本的软件包,或先升级 Debian;未做任何更改"
    fi
}

check_room() {
    free=$(df --output=avail -k /usr | tail -n 1 | tr -dc 0-9)
    needed=$((needed_kib + reserve_kib))
    if [ "$free" -lt "$needed" ]; then
        die "/usr has $free KiB free, and $needed KiB are needed to put the new version beside the one that runs" \
            "make room (apt-get clean; journalctl --vacuum-size=16M), then install again; nothing was changed" \
            "磁盘空间不足:请清理后重新安装;未做任何更改"
    fi
}

case $1 in
    install | upgrade)
        check_system
        check_room
        keep
        ;;
    abort-upgrade) ;;
    *) die "preinst: unknown argument $1" ;;
esac
