#!/bin/sh
# Before dpkg removes files. An upgrade stops nothing: the version in use runs on until the new one has been tried.
set -e
# shellcheck source=systemd/packaging/maintainer/common.sh
. "${0%/*}/common.sh"

# How long a backup of a long journal may take on a slow card.
backup_seconds_max=300

case $1 in
    remove)
        if is_booted; then
            # What would start it again.
            if [ "$part" = station ]; then
                deb-systemd-invoke stop lockerd-first-boot.timer lockerd-first-boot.service || true
            fi
            # While it runs: a last backup of the kind that lockerctl restore takes.
            if [ "$part" = station ] && systemctl is-active --quiet "$unit"; then
                timeout "$backup_seconds_max" lockerctl backup now >/dev/null 2>&1 ||
                    say "no last backup was made; the journal stays in /var/lib/lockerd, and purge keeps a copy of it" \
                        "未能做最后一次备份;日志仍在 /var/lib/lockerd"
            fi
            deb-systemd-invoke stop "$unit"
        fi
        ;;
    upgrade | failed-upgrade | deconfigure) ;;
    *) die "prerm: unknown argument $1" ;;
esac
