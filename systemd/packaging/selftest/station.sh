# shellcheck shell=bash
# Install, upgrade, refusal, downgrade, remove and purge of the station's package. selftest.sh reads this file.
: "${root:?}" "${work:?}" "${here:?}" "${station:?}"

fresh
must "it installs" package -i "$(deb station 1.0.0)"
must "the installed version starts" runs station 1.0.0
must "an example configuration is there and says that it is one" grep -q SIMULATED "$root/etc/lockerd/station.toml"
must "nobody but root and lockerd reads it" \
    test "$(inside stat -c %a:%U:%G /etc/lockerd /etc/lockerd/station.toml | paste -sd' ')" = "750:root:lockerd 640:root:lockerd"
must "the user is in the group of the GPIO chips" bash -c "chroot '$root' id -nG lockerd | grep -qw gpio"
must "the unit is enabled" test -L "$root/etc/systemd/system/multi-user.target.wants/lockerd.service"
must "the same version installs again" package -i "$(deb station 1.0.0)"
must "and starts" runs station 1.0.0

write_books 1.0.0
echo '# mine' >>"$root/etc/lockerd/station.toml"
inside chown root:root /etc/lockerd/station.toml
inside chmod 0644 /etc/lockerd/station.toml
mkdir -p "$root/etc/systemd/system/lockerd.service.d"
echo '[Service]' >"$root/etc/systemd/system/lockerd.service.d/mine.conf"
must "an upgrade that the new version passes" package -i "$(deb station 1.1.0)"
must "the new version starts" runs station 1.1.0
must "what the technician wrote is there" grep -q '# mine' "$root/etc/lockerd/station.toml"
must "and nobody else reads it any more" test "$(inside stat -c %a:%U:%G /etc/lockerd/station.toml)" = 640:root:lockerd
must "so is the drop-in" test -e "$root/etc/systemd/system/lockerd.service.d/mine.conf"

write_books 1.1.0
must "a downgrade that the old version cannot read is refused, with the reason" \
    refused "written by a newer version" package -i "$(deb station 1.0.0)"
must "the newer version goes on" starts station 1.1.0
must "dpkg knows that it is not done" test "$(state station)" = half-configured
must "the way back is to install it again" package -i "$(deb station 1.1.0)"
must "and it starts from its own folder" runs station 1.1.0

write_books 1.0.0
must "a downgrade that works" package -i "$(deb station 1.0.0)"
touch "$root/etc/refuse"
must "an upgrade whose migration fails is refused, with the reason" \
    refused "migration 7 failed" package -i "$(deb station 1.1.0)"
must "the old version goes on" starts station 1.0.0
must "trying again says so again" refused "version 1.0.0 goes on" package --configure -a
must "so does a third one that ends early" \
    bash -c "chroot '$root' sh /var/lib/dpkg/info/villagelocker-station.postinst abort-upgrade 1.2.0 2>&1 | grep '仍在使用版本 1.0.0'"
must "it still goes on" starts station 1.0.0
rm "$root/etc/refuse"
must "once the cause is gone it is taken into use" package --configure -a
must "and starts" runs station 1.1.0

# preinst with a tool of this machine that lies: preinst FAKE TEXT
preinst_with() {
    printf '#!/bin/sh\necho "%s"\n' "$2" >"$root/fake-$1"
    chmod +x "$root/fake-$1"
    mkdir -p "$root/fakes"
    mv "$root/fake-$1" "$root/fakes/$1"
    inside env "PATH=/fakes:$PATH" sh /var/lib/dpkg/info/villagelocker-station.preinst upgrade 1.1.0
    local status=$?
    rm -r "$root/fakes"
    return "$status"
}
must "no room on /usr: refused before anything changes" refused "KiB are needed" preinst_with df 100
must "an old Debian: refused before anything changes" refused "is built for" preinst_with dpkg-query 2.17-1
must "the version in use is untouched" runs station 1.1.0
must "an upgrade that ended early: the package says in Chinese, too, which version goes on" \
    bash -c "chroot '$root' sh /var/lib/dpkg/info/villagelocker-station.postinst abort-upgrade 1.2.0 2>&1 | grep -q '仍在使用版本 1.1.0'"
must "and it does" runs station 1.1.0

must "it is removed" package -r villagelocker-station
must "nothing starts any more" test ! -e "$root$station"
must "journal and configuration stay" test -e "$root/var/lib/lockerd/journal.sqlite" -a -e "$root/etc/lockerd/station.toml"
must "it is installed again and finds them" bash -c "chroot '$root' dpkg --force-depends -i '$(deb station 1.1.0)' && grep -q '# mine' '$root/etc/lockerd/station.toml'"
write_books damaged
must "with a version in use a damaged journal holds up an upgrade" refused "the books are damaged" package -i "$(deb station 1.0.0)"
must "and that version goes on" starts station 1.1.0
must "it is removed once more" package -r villagelocker-station
must "without one it is installed all the same: its start keeps the journal aside" package -i "$(deb station 1.1.0)"
must "and it starts" runs station 1.1.0
head -c 65536 /dev/zero >"$root/var/lib/lockerd/journal.sqlite.reserve"
must "it is purged" package -P villagelocker-station
copy=$(echo "$root"/var/backups/lockerd/purged-*)
must "the journal's last copy is kept, with its key and the configuration" \
    test -e "$copy/journal.sqlite" -a -e "$copy/keys/journal" -a -e "$copy/configuration/station.toml"
must "the space that was held in reserve is not" test ! -e "$copy/journal.sqlite.reserve"
must "no other key is" test ! -e "$copy/keys/station"
must "nobody else reads it" test "$(stat -c %a "$copy")" = 700
must "nothing else is left" test ! -e "$root/etc/lockerd" -a ! -e "$root/var/lib/lockerd" -a ! -e "$root$station"
rm -r "$root/var/backups/lockerd"
must "it is installed once more" package -i "$(deb station 1.1.0)"
inside install -d -o lockerd -g lockerd -m 700 /var/lib/lockerd
inside install -o lockerd -g lockerd -m 600 /dev/null /var/lib/lockerd/journal.sqlite.damaged-1
must "and purged while all of its journal is a damaged one that was moved aside" package -P villagelocker-station
must "which is kept" bash -c "test -e '$root'/var/backups/lockerd/purged-*/journal.sqlite.damaged-1"
must "not even a link to the unit" test ! -L "$root/etc/systemd/system/multi-user.target.wants/lockerd.service"
