# shellcheck shell=bash
# Upgrade, an upgrade that is refused, what heals it, downgrade, and a root file system that fills up meanwhile.
# shellcheck disable=SC2154

# What must outlive every one of them: events, keys, configuration.
remember() {
    events >/run/bench-events
    keys_before=$(keys) configuration_before=$(configuration) starts_before=$(starts)
}
# The number of starts counts up with each of them, and must never fall.
keys() { find /var/lib/lockerd/keys -type f -not -name start-number -exec sha256sum {} + | sort; }
starts() { cat /var/lib/lockerd/keys/start-number; }
configuration() { find /etc/lockerd -type f -exec sha256sum {} + | sort; }

# kept WHAT
kept() {
    local lines
    waits 20 has_events || { not_ok "$1: lockerd reads its journal"; journalctl -q -u "$unit" -n 15 --no-pager -o cat; return 1; }
    lines=$(wc -l </run/bench-events)
    events >"$log" 2>&1
    if ((lines > 0)) && head -n "$lines" "$log" | cmp -s - /run/bench-events; then
        ok "$1: all $lines events are there, byte by byte, the last one $(tail -n 1 /run/bench-events | sha256sum | cut -c1-12)"
    else
        not_ok "$1: $lines events were there, $(wc -l <"$log") are"
    fi
    is "$1: keys are the same" "$keys_before" "$(keys)"
    if (($(starts) > starts_before)); then ok "$1: the number of starts rose"
    else not_ok "$1: the number of starts rose: $starts_before, now $(starts)"; fi
    is "$1: configuration is the same" "$configuration_before" "$(configuration)"
}

version_of() { dpkg-deb -f "$debs/$1.deb" Version; }

upgrade() {
    # As packages before 0640 left it.
    chmod 755 /etc/lockerd /etc/lockerd/station.d
    chgrp root /etc/lockerd /etc/lockerd/station.toml
    chmod 644 /etc/lockerd/station.toml
    remember
    check "apt upgrades from $(version_of older) to $(version_of station)" install_deb station || return 1
    is "the new version runs" "$(version_of station)" "$(running)"
    is "and starts from now on" "$(version_of station)" "$(current)"
    kept upgrade
    folders
    is "nothing of the old version is left" '' "$(find "$home" -mindepth 1 -maxdepth 1 -type d -not -name "$(version_of station)")"
}

upgrade_refused() {
    local pid
    remember
    pid=$(main_pid)
    fails "an upgrade whose trial fails is refused" install_deb refused
    says "apt shows why" 'the trial migration failed on purpose'
    says "and what to do" 'dpkg --configure'
    is "the old version goes on running, not even restarted" "$pid" "$(main_pid)"
    check "restarted" systemctl restart "$unit"
    is "it is still the old version that starts" "kept-$(version_of station)" "$(running)"
    is "dpkg knows that the package is not configured" 'install ok half-configured' \
        "$(dpkg-query -W -f '${Status}' villagelocker-station)"
    kept "refused upgrade"
    fails "trying again is refused again" dpkg --configure -a
    is "and still the old version starts" "kept-$(version_of station)" "$(current)"
}

upgrade_healed() {
    check "the next good package heals it" install_deb healed || return 1
    is "its version runs" "$(version_of healed)" "$(running)"
    is "dpkg is content" 'install ok installed' "$(dpkg-query -W -f '${Status}' villagelocker-station)"
    kept "healed upgrade"
    is "nothing of the old versions is left" '' "$(find "$home" -mindepth 1 -maxdepth 1 -type d -not -name "$(version_of healed)")"
}

downgrade() {
    remember
    check "apt goes back from $(version_of healed) to $(version_of station)" install_deb station-again --allow-downgrades || return 1
    is "the lower version runs" "$(version_of station)" "$(running)"
    kept downgrade
}

# Takes what is left of the file system, as soon as dpkg unpacks.
fill_when_unpacking() {
    local end=$((SECONDS + 120))
    until compgen -G "$home/$1/*" >/dev/null; do
        ((SECONDS < end)) || return 1
        sleep 0.02
    done
    fill
}

# fill [COMMAND...]: less and less at a time, until nothing more fits. Root takes what ext4 holds back for root as well.
fill() {
    local number=0 kib
    for kib in $(($(stat -f -c '%f * %S' /) * 97 / 102400)) 65536 16384 1024 64 4; do
        while "$@" fallocate -l "${kib}K" "/var/tmp/ballast.$number" 2>/dev/null; do number=$((number + 1)); done
        number=$((number + 1))
    done
}

full_disk() {
    local filling
    remember
    fill
    fails "an installation on a full file system is refused" install_deb healed
    says "for want of room" 'No space left|free space|make room'
    rm -f /var/tmp/ballast.*
    is "the version in use is the same" "$(version_of station)" "$(running)"
    fill_when_unpacking "$(version_of healed)" &
    filling=$!
    fails "a file system that fills up in mid-install ends it" install_deb healed
    says "dpkg says why" 'No space left on device'
    wait "$filling" || not_ok "the file system was filled"
    check "the station goes on" answers
    check "and takes a scan" lockerctl scan BENCH-FULL
    rm -f /var/tmp/ballast.*
    # What the system may write, and lockerd may not.
    fill runuser -u nobody --
    check "the station restarts where users have no room" systemctl restart "$unit"
    check "and reads its journal" waits 20 has_events
    is "in the version that was in use" "$(version_of station)" "$(running | sed 's/^kept-//')"
    rm -f /var/tmp/ballast.*
    check "with room, dpkg --configure -a is content" dpkg --configure -a
    check "apt -f install is, too" apt-get -f install -y
    check "and the same package installs" install_deb healed
    is "its version runs" "$(version_of healed)" "$(running)"
    is "nothing of the old versions is left" '' "$(find "$home" -mindepth 1 -maxdepth 1 -type d -not -name "$(version_of healed)")"
    kept "full file system"
}
