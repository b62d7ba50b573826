# shellcheck shell=bash
# Remove, install again, purge.
# shellcheck disable=SC2154

remove_and_back() {
    remember
    check "apt removes the package" apt-get remove -y villagelocker-station || return 1
    is "lockerd does not run" inactive "$(systemctl is-active "$unit")"
    is "its programs are gone" '' "$(ls -d "$home" /usr/sbin/lockerd /usr/bin/lockerctl 2>/dev/null)"
    check "its journal and configuration stay" ls /var/lib/lockerd/journal.sqlite /etc/lockerd/station.toml
    check "apt installs it again, with users and groups that are there" install_deb station-again || return 1
    check "lockerd is active" systemctl is-active "$unit"
    kept "removed and installed again"
}

# left PATTERN: files with that name, but for logs and what tells dpkg of other packages.
left() {
    find / /run -regextype egrep -xdev \( -path /proc -o -path /sys -o -path '/run/bench*' -o -path /srv \
        -o -path /var/log \) -prune -o \
        -regex "$1" -print 2>/dev/null | grep -vE '^/var/(cache|lib)/apt/|^/run/(bench|systemd)' | sort
}

purge() {
    check "apt purges the package" apt-get purge -y villagelocker-station || return 1
    says "it says where the backup is" '/var/backups/lockerd/'
    is "all that is left is the backup" '' "$(left '.*/[^/]*(lockerd|lockerctl|locker-outputs-off|villagelocker-station)[^/]*' |
        grep -vE '^/var/backups/lockerd(/|$)' | paste -sd' ')"
    local kept
    kept=$(find /var/backups/lockerd -path '*/purged-*/journal.sqlite' | sort | tail -n 1)
    check "the backup holds the journal" test -s "$kept" || return 1
    is "and not the space that was held in reserve" '' "$(find "${kept%/*}" -name '*.reserve')"
    check "the backup holds keys/journal" test -s "${kept%/*}/keys/journal"
    is "and no other key" journal "$(ls "${kept%/*}/keys")"
    check "the backup holds the configuration" bash -c "find '${kept%/*}' -name station.toml | grep -q ."
    is "nobody but its owner reads it" '' "$(find "${kept%/*}" -maxdepth 0 -perm /077)"
}

purge_county() {
    check "apt removes the county's package" apt-get remove -y villagelocker-county
    check "its books stay" ls /var/lib/county-server/county.sqlite
    check "apt purges it" apt-get purge -y villagelocker-county
    says "it says where the backup is" '/var/backups/county-server/'
    is "all that is left is the backup" '' "$(left '.*/[^/]*(county-server|villagelocker)[^/]*' |
        grep -vE '^/var/backups/county-server(/|$)' | paste -sd' ')"
}
