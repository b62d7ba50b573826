#!/bin/sh
# After dpkg has removed the files. Purge removes configuration and state, but never the only copy of the books.
set -e
# shellcheck source=systemd/packaging/maintainer/common.sh
. "${0%/*}/common.sh"

case $part in
    station)
        configuration=/etc/lockerd state=/var/lib/lockerd runtime=/run/lockerd backups=/var/backups/lockerd
        books=journal.sqlite
        ;;
    county)
        configuration=/etc/county-server state=/var/lib/county-server runtime=/run/county-server
        backups=/var/backups/county-server books=county.sqlite
        ;;
esac

# put FILE FOLDER: a hard link where that is possible, so that a full card is no reason to lose it.
put() {
    cp -al "$1" "$2/" 2>/dev/null || cp -a "$1" "$2/" ||
        die "$1 could not be copied to $2: nothing was removed; make room, then purge again" \
            "备份失败:未删除任何数据;请腾出空间后重试"
}

# A backup holds all but keys that prove who this board is: journal, snapshots, configuration and keys/journal. The
# county's keys stay with its books, which nobody could read without them.
back_up() {
    # Space that is held back for pickups is no data.
    rm -f "$state/$books.reserve"
    # Also a journal that a start or a restore moved aside may be all that is left.
    set -- "$state/$books"*
    [ -e "$1" ] || return 0
    copy=$backups/purged-$(date -u +%Y%m%d-%H%M%S)
    mkdir -p "$backups"
    # A purge that was cut off.
    rm -rf "$backups"/purged-*.new
    (umask 077 && mkdir -p "$copy.new/configuration")
    for file in "$state"/* "$state"/.[!.]*; do
        case ${file##*/} in
            # The example station's data are no books, nor is what a cut left of a trial.
            lost+found | example | try-upgrade-*) continue ;;
            keys) [ "$part" = county ] || continue ;;
        esac
        if [ -e "$file" ]; then put "$file" "$copy.new"; fi
    done
    if [ "$part" = station ] && [ -e "$state/keys/journal" ]; then
        mkdir "$copy.new/keys"
        put "$state/keys/journal" "$copy.new/keys"
    fi
    for file in "$configuration"/*; do
        if [ -e "$file" ]; then put "$file" "$copy.new/configuration"; fi
    done
    sync -f "$backups"
    mv -T "$copy.new" "$copy"
    sync -f "$backups"
    say "the last state of the books is kept in $copy (to go on with it: copy it to $state before $unit starts); older backups stay in $backups" \
        "数据备份保存在 $copy"
    if [ "$part" = county ]; then say "it holds the county's keys: keep it as safe as those"; fi
}

# State may be a file system of its own: that stays, empty.
empty() {
    [ -d "$1" ] || return 0
    find "$1" -xdev -mindepth 1 -not -name lost+found -delete
    rmdir "$1" 2>/dev/null || true
}

case $1 in
    remove)
        rm -f "$current" "$current.new"
        rm -rf "$home"/kept-*
        rmdir "$home" /usr/lib/villagelocker 2>/dev/null || true
        if is_booted; then systemctl --system daemon-reload || true; fi
        ;;
    purge)
        back_up
        empty "$state"
        empty "$configuration"
        empty "$runtime"
        rmdir "$backups" 2>/dev/null || true
        # Users and groups stay, as is Debian's custom: no later user gets their number and with it the backup.
        if command -v deb-systemd-helper >/dev/null; then
            deb-systemd-helper purge "$unit" >/dev/null || true
            deb-systemd-helper unmask "$unit" >/dev/null || true
        fi
        ;;
    # The postinst of the version that is back lets it start from its own folder again.
    upgrade | failed-upgrade | abort-install | abort-upgrade | disappear) ;;
    *) die "postrm: unknown argument $1" ;;
esac
