#!/bin/sh
# After dpkg has unpacked: users, folders and an example configuration; then the new version is tried, and only if it
# passes does it start. Every step may be repeated, and may be the last one before a power cut.
set -e
# shellcheck source=systemd/packaging/maintainer/common.sh
. "${0%/*}/common.sh"

# How long trying a copy of a long journal may take on a slow card.
try_seconds_max=900
# How --try-upgrade ends when a start would move the journal aside (EX_DATAERR of sysexits.h).
damaged=65

case $part in
    station) name=lockerd example=station.example.toml configuration=/etc/lockerd/station.toml state=/var/lib/lockerd ;;
    county)
        name=county-server example=county.example.toml
        configuration=/etc/county-server/county.toml state=/var/lib/county-server
        ;;
esac

make_system() {
    systemd-sysusers "/usr/lib/sysusers.d/$name.conf" ||
        die "users and groups could not be made: see /usr/lib/sysusers.d/$name.conf and /etc/passwd; then: dpkg --configure $package" \
            "未能建立用户和组;处理后执行 dpkg --configure $package"
    systemd-tmpfiles --create "/usr/lib/tmpfiles.d/$name.conf" ||
        die "folders could not be made: see /usr/lib/tmpfiles.d/$name.conf; then: dpkg --configure $package" \
            "未能建立目录;处理后执行 dpkg --configure $package"
    if [ "$part" = station ] && [ -d /run/udev ]; then
        udevadm control --reload || true
        udevadm trigger --action=change --subsystem-match=gpio --subsystem-match=usb || true
    fi
}

# Only if there is none: what a technician wrote is never changed.
make_configuration() {
    [ ! -e "$configuration" ] && [ ! -L "$configuration" ] || return 0
    cp "/usr/share/villagelocker/$example" "$configuration.new"
    # It will hold passwords. Of one that is there systemd-tmpfiles has set the mode.
    chown "root:$user" "$configuration.new"
    chmod 0640 "$configuration.new"
    sync "$configuration.new"
    mv -f "$configuration.new" "$configuration"
    sync "${configuration%/*}"
    case $part in
        station)
            say "an example configuration was written to $configuration: all doors are SIMULATED until lockerctl enrol makes it a real station" \
                "已写入示例配置:箱门为模拟;执行 lockerctl enrol 登记后才成为真实站点"
            ;;
        county)
            say "an example configuration was written to $configuration: it listens on 127.0.0.1 alone" \
                "已写入示例配置:仅监听 127.0.0.1"
            ;;
    esac
}

# tries FOLDER: its program reads the configuration and goes on with a copy of the books, as the daemon's user; what is
# installed stays as it is, and the version in use may run meanwhile.
tries() {
    case $part in
        station) how=--try-upgrade ;;
        county) how=try-upgrade ;;
    esac
    status=0
    (cd / && runuser -u "$user" -- env -i PATH=/usr/bin:/bin LC_ALL=C.UTF-8 \
        timeout "$try_seconds_max" "$home/$1/$program" "$how" </dev/null 2>&1) || status=$?
    if [ "$status" -eq 124 ]; then echo "it did not end within $try_seconds_max s"; fi
    return "$status"
}

# A unit that does not tell when it is ready counts as started if it is still there after so long.
settle_seconds=3

# Starts what `current` says; waits until it is ready. A unit that somebody disabled or stopped for good stays as it is.
start() {
    is_booted || return 0
    systemctl --system daemon-reload || true
    deb-systemd-invoke restart "$unit" || return 1
    [ "$(systemctl show -P Type "$unit")" != notify ] || return 0
    sleep "$settle_seconds"
    ! systemctl is-failed --quiet "$unit" && [ "$(systemctl show -P NRestarts "$unit")" -eq 0 ]
}

refuse() { # version in use
    say "version $version is not used:"
    printf '%s\n' "$output" | tail -n 20 | sed 's/^/    /' >&2
    if [ -n "$1" ]; then
        say "version ${1#kept-} goes on running and starts after a reboot; journal, keys and configuration are as they were" \
            "新版本未启用,旧版本继续运行,数据未变"
    fi
    die "fix what is named above, then: dpkg --configure $package; or install the former version again" \
        "处理上述问题后执行 dpkg --configure $package,或重新安装原版本"
}

# The new version passed on a copy and does not start. Back to the old one if that can still read the books.
fall_back() { # version in use before
    case $1 in
        kept-*)
            if output=$(tries "$1"); then
                use "$1"
                start || true
                output="$unit did not start with it: journalctl -u $unit -n 50"
                refuse "$1"
            fi
            ;;
    esac
    die "$unit does not start: journalctl -u $unit -n 50 says why; then: dpkg --configure $package" \
        "服务未能启动:请查看 journalctl -u $unit"
}

take_into_use() {
    old=$(in_use)
    # A first installation has nothing to lose, and the unit says what is wrong.
    if [ -n "$old" ] || [ -e "$state/journal.sqlite" ] || [ -e "$state/county.sqlite" ]; then
        output=$(tries "$version") || {
            status=$?
            # With no other version to go on with, a start is what helps: it keeps the damaged journal aside and asks the county.
            if [ -n "$old" ] || [ "$status" -ne "$damaged" ]; then refuse "$old"; fi
            say "the journal is damaged: the start keeps it aside, and asks the county for what it held" \
                "日志已损坏:启动时会保留原文件,并向县中心取回记录"
        }
    fi
    use "$version"
    start || fall_back "$old"
    forget_kept
}

# As dpkg's own helpers do it: a unit that somebody disabled stays disabled.
enable_unit() {
    deb-systemd-helper unmask "$unit" >/dev/null || true
    if deb-systemd-helper --quiet was-enabled "$unit"; then
        deb-systemd-helper enable "$unit" >/dev/null || true
    else
        deb-systemd-helper update-state "$unit" >/dev/null || true
    fi
}

case $1 in
    configure)
        make_system
        make_configuration
        enable_unit
        take_into_use
        ;;
    abort-upgrade)
        # An upgrade to another version ended early, and the files of this one are back.
        if [ "$(in_use)" = "kept-$version" ] && [ -x "$home/$version/$program" ]; then
            use "$version"
            forget_kept
        fi
        goes_on=$(in_use)
        if [ -n "$goes_on" ]; then
            say "the upgrade ended early, version ${goes_on#kept-} goes on: see the error above; if the disk is full make room (apt-get clean) and install again" \
                "升级中途停止，仍在使用版本 ${goes_on#kept-}：请看上面的错误；如果磁盘已满，请清理（apt-get clean）后重新安装"
        fi
        ;;
    abort-remove | abort-deconfigure) start || true ;;
    triggered) ;;
    *) die "postinst: unknown argument $1" ;;
esac
