#!/bin/sh
# Before dpkg removes files. An upgrade stops nothing: the version in use runs on until the new one has been tried.
set -e
# shellcheck source=systemd/packaging/maintainer/common.sh
. "${0%/*}/common.sh"

case $1 in
    remove)
        if is_booted; then deb-systemd-invoke stop "$unit"; fi
        ;;
    upgrade | failed-upgrade | deconfigure) ;;
    *) die "prerm: unknown argument $1" ;;
esac
