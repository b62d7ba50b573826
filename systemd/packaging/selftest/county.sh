# shellcheck shell=bash
# The county's package: the same scripts. selftest.sh reads this file.
: "${root:?}" "${work:?}" "${county:?}"

fresh
must "the county's package installs" package -i "$(deb county 1.0.0)"
must "and starts" runs county 1.0.0
mkdir -p "$root/var/lib/county-server/keys"
printf 1.0.0 >"$root/var/lib/county-server/county.sqlite"
inside chown -R county-server: /var/lib/county-server
must "it is upgraded" package -i "$(deb county 1.1.0)"
must "the new version starts" runs county 1.1.0
printf 9.0.0 >"$root/var/lib/county-server/county.sqlite"
must "a store that it cannot read is refused" refused "newer version" package -i "$(deb county 1.0.0)"
must "the newer version goes on" starts county 1.1.0
must "it is purged" package -P villagelocker-county
must "its store and keys are kept" bash -c "ls -d '$root'/var/backups/county-server/purged-*/keys '$root'/var/backups/county-server/purged-*/county.sqlite"
must "nothing else is left" test ! -e "$root/etc/county-server" -a ! -e "$root/var/lib/county-server" -a ! -e "$root$county"
