#!/bin/bash
# One boot of the stage enrol of board-test.sh, on the virtual board: enrol.sh STATION MODE [NAME]
#   refused   an enrolment file with a typing error
#   enrols    the corrected file; the county is off until /run/board/asks is there
#   twin      one of two boards that were flashed from one card
#   anew      the board that stays gets a new token by its enrolment file
#   backup    a FAT stick for the backups was in before the power came; it is pulled when /run/board/pull is there, and one with
#             ext4 put in when /run/board/plug is; /run/board/badge is the courier's
#   restored  a fresh card and the second stick; /run/board/token is for it
#   cable     a laptop on the cable, until /run/board/done is there
# Afterwards /run/board/events.NAME has the station's journal, and status.NAME and uplink.NAME what lockerctl says.
set -euo pipefail
# shellcheck source=Hardware/board/guest/lib.sh
source /run/board/lib.sh
# shellcheck source=Hardware/board/guest/people.sh
source /run/board/people.sh

station=$1 mode=$2 name=${3:-}
boot=/boot/firmware backups=/var/backups/lockerd/$station
# Deposited before the backup and after it.
before=YT8962646785301 after=YT8962646785302
# The waybill of the interrupted deposit.
torn=YT8962646785303
first_boot=lockerd-first-boot.service

unit_is() { [[ $(property "$1" ActiveState) == "$2" ]]; }
# says COMMAND WORDS: what lockerctl says holds them (ERE); prints the line.
says() {
    lockerctl "$1" >/run/said
    grep -E -m 1 -- "$2" /run/said | tr -s ' ' || { cat /run/said; return 1; }
}
answers() { lockerctl status >/dev/null 2>&1; }
is_enrolled() { lockerctl status --json 2>/dev/null | grep -q '"enrolled":true'; }
scanner_is_in() { lockerctl status --json 2>/dev/null | grep -q '"attached":true'; }
all_is_sent() { lockerctl uplink status --json 2>/dev/null | grep -q '"eventsWaiting":0[,}]'; }
shares_identity() { lockerctl uplink status --json | grep -q '"identity":'; }

# What the county refuses is refused a moment after the start: one board of two is settled when either is known.
is_settled() {
    local link
    link=$(lockerctl uplink status --json 2>/dev/null) || return 1
    [[ $link =~ \"eventsWaiting\":0[,\}] && $link == *'"lastAnswer"'* ]] || return 1
    [[ $link != *'"trouble":'* && $link != *'"further":'* || $link == *'"identity":'* ]]
}

starts() {
    wait_for 300 is_active || { systemctl status lockerd --no-pager | tail -n 8; return 1; }
    wait_for 60 answers
    echo "$(ready_at) s after the kernel started"
}

keep_words() {
    # Every incarnation.
    lockerctl events --json --after 1.0 --limit 100000 >"/run/board/events.$name"
    lockerctl status >"/run/board/status.$name"
    lockerctl uplink status >"/run/board/uplink.$name" || true
}

# MODE refused

refusal_is_logged() { journalctl -q -b -u "$first_boot" -o cat --no-pager | grep 'enrol.toml:5: village' | tail -n 1; }
example_goes_on() {
    says status 'example-0000.*simulated'
    scan ENROL-REFUSED
    has_event ENROL-REFUSED || { echo "the scan is not in its journal"; return 1; }
}
nothing_was_written() { [[ -z $(ls /etc/lockerd/station.d) ]] || { ls /etc/lockerd/station.d; return 1; }; }

refused() {
    must "a card whose enrolment file has a typing error starts" starts
    check "its enrolment ends as failed" wait_for 200 unit_is "$first_boot" failed
    check "the log names the line, the cause and the fix" refusal_is_logged
    check "systemctl --failed lists it" bash -c "systemctl --failed --plain --no-legend | grep -F $first_boot"
    check "no configuration was left" nothing_was_written
    check "the example station goes on" example_goes_on
    check "the boot partition is read-only again" bash -c "findmnt -n -o OPTIONS $boot | grep -w ro | cut -c1-2"
}

# MODE enrols

waits_for_county() {
    local restarts
    wait_for 200 bash -c "[[ \$(systemctl show --value -p NRestarts $first_boot) -gt 0 ]]"
    restarts=$(property "$first_boot" NRestarts)
    [[ -e $boot/enrol.toml && ! -e $boot/enrol.txt ]] || { ls "$boot"; return 1; }
    echo "try $((restarts + 1))"
}
is_consumed() {
    wait_for 30 unit_is "$first_boot" inactive
    [[ -e $boot/enrol.toml.done && ! -e $boot/enrol.toml && ! -e $boot/enrol.txt ]] || { ls "$boot"; return 1; }
    ! grep -i token "$boot/enrol.toml.done" || return 1
    findmnt -n -o OPTIONS "$boot" | grep -qw ro || { echo "$boot stays writable"; return 1; }
}
is_wired() {
    local faults
    runuser -u lockerd -- lockerd --check >/run/checked 2>&1 || { tail -n 4 /run/checked; return 1; }
    faults=$(lockerctl status --json | sed -n 's/.*"faults":\[\([^]]*\)\].*/\1/p')
    [[ -z $faults ]] || { echo "$faults"; return 1; }
    says status 'Doors.*12: 12 free'
}
scans_reach_county() {
    name_scanners
    wait_for 60 scanner_is_in
    scan_for ENROL-FIRST scan.rejected ENROL-FIRST
    wait_for 120 all_is_sent
}

enrols() {
    must "with the file corrected it starts" starts
    check "without a county it tries again, and leaves the file as it is" waits_for_county
    touch "/run/board/asks"
    must "the county comes, and the board enrols" wait_for 240 is_enrolled
    check "the file became enrol.toml.done without its token, and its old answer is gone" is_consumed
    check "lockerctl status names the station" says status "$station"
    check "it drives the board's lines as bench-12 says, and nothing is wrong" is_wired
    check "a scan at the USB scanner is sent to the county" scans_reach_county
    keep_words
}

# MODE twin

works() {
    wait_for 60 scanner_is_in
    scan_for "TWIN-$name" scan.rejected "TWIN-$name"
    wait_for 180 is_settled
    ! shares_identity || echo "and says: $(says uplink 'two boards')"
}

twin() {
    wait_for 300 is_active
    check "board ${name%-*}, start ${name#*-}: it works and all its events are sent" works
    keep_words
}

# MODE anew

# An older enrol.toml.done lies there already.
token_is_used() { [[ ! -e $boot/enrol.toml ]] && unit_is "$first_boot" inactive; }
has_no_trouble() { is_settled && ! shares_identity; }

anew() {
    wait_for 300 is_active
    must "the board that stays takes a new token from its boot partition" wait_for 240 token_is_used
    check "and no longer speaks of two boards" wait_for 60 has_no_trouble
    wait_for 60 scanner_is_in
    scan_for "TWIN-$name" scan.rejected "TWIN-$name"
    check "all its events are sent" wait_for 180 is_settled
    keep_words
}

# MODE backup

stick_is_mounted() { [[ $(findmnt -n -o SOURCE /var/backups/lockerd) == /dev/sd* ]]; }
stick_is_gone() { ! findmnt /var/backups/lockerd >/dev/null; }
has_own_backup() { lockerctl backup show --json | grep -q '"last":{'; }
lies_on_stick() {
    lockerctl backup show --json | grep -q '"isOnSameDisk":false' || { lockerctl backup show; return 1; }
    [[ -s $backups/journal.sqlite && -s $backups/manifest.json ]] || { ls "$backups"; return 1; }
    stat -c '%U:%a' "$backups"
}
backs_up() {
    lockerctl backup >/run/backup || { cat /run/backup; return 1; }
    sed -n '1p;/^Last/p;/^Disk/p' /run/backup | tr -s ' '
}
# Announced it was before: as stored it is known.
knows() { lockerctl parcels | grep -E "$1 +stored" | tr -s ' '; }
puts_in() {
    wait_for 120 journal_has parcel.expected "$1"
    lockerctl status --json | grep -q '"session":{' || scan_for "$(<"/run/board/badge")" session.opened courier
    scan_for "$1" parcel.stored "$1"
    knows "$1"
}
pulled() {
    touch "/run/board/pull"
    wait_for 60 stick_is_gone
    backs_up
    # It says that this is the disk of the journal itself.
    grep -q '^Disk' /run/backup
}
plugged() {
    touch "/run/board/plug"
    wait_for 60 stick_is_mounted
    findmnt -n -o FSTYPE /var/backups/lockerd | grep -x ext4
    backs_up
    lies_on_stick
}

# lock_is_on NUMBER: coil of the door on this line; that of A03 works the other way round.
lock_is_on() {
    local level
    read -r level <"$locks$1/value"
    [[ $level == "$(($1 != 2))" ]]
}
# kills_in_pulse PID: prints the line whose coil it left on, and when that was off again in the seconds of /proc/uptime. A pulse
# that ended by itself just before counts for nothing.
kills_in_pulse() {
    local end=$((SECONDS + 120)) line uptime
    while ((SECONDS < end)); do
        for line in {0..11}; do
            if lock_is_on "$line"; then
                kill -KILL "$1"
                lock_is_on "$line" || return 1
                while lock_is_on "$line" && ((SECONDS < end)); do :; done
                read -r uptime _ </proc/uptime
                echo "$line $uptime"
                return
            fi
        done
    done
    return 1
}
# gpio-sim holds a level when the program that set it is gone, as chips do: before the next life only the helper can take it away.
dies_in_pulse() {
    local pid killer line off try
    locks=$(gpio_line_folder board '')
    lockerctl status --json | grep -q '"session":{' || scan_for "$(<"/run/board/badge")" session.opened courier
    pid=$(main_pid)
    kills_in_pulse "$pid" >/run/killed &
    killer=$!
    # A scan may be torn; once the parcel is behind a door no scan of it opens one.
    for try in {1..6}; do
        type_at scanner "$torn" || true
        if wait_for 12 test -s /run/killed >/dev/null; then break; fi
    done
    wait "$killer" || die "lockerd was not killed in a pulse, by scan $try"
    read -r line off </run/killed
    [[ -s /run/lockerd/outputs ]] || die "the list of outputs is gone"
    wait_for 60 is_another "$pid"
    less "$off" "$(started_at)" || die "lock $line was on until $off, and the next life began at $(started_at)"
    wait_for 60 answers
    for line in {0..11}; do ! lock_is_on "$line" || die "lock $line is on"; done
    echo "the coil was off $(minus "$(started_at)" "$off") s before the next life began"
}

backup() {
    wait_for 300 is_active
    check "a FAT stick labelled LOCKERBACK is mounted, whatever its drive is called" wait_for 60 stick_is_mounted
    check "lockerd makes its first backup by itself" wait_for 240 has_own_backup
    check "it lies on the stick" lies_on_stick
    wait_for 60 scanner_is_in
    check "with the stick pulled the station goes on, and the next backup lies on the card" pulled
    check "a stick with ext4 labelled LOCKERBACKUP is put in, and the next one lies there" plugged
    people_come
    check "a parcel is put in" puts_in "$before"
    check "lockerctl backup makes one and checks it" backs_up
    check "it lies on the stick" lies_on_stick
    check "a parcel is put in after that" puts_in "$after"
    check "lockerd killed in the middle of a pulse: systemd has every coil switched off before the next life" dies_in_pulse
    people_go
    check "all is sent" wait_for 120 is_settled
    keep_words
}

# MODE restored

puts_back() {
    lockerctl restore "$backups" --with-configuration >/run/restore 2>&1 || { tail -n 6 /run/restore; return 1; }
    grep -q 'no keys: start it, then lockerctl enrol' /run/restore || { cat /run/restore; return 1; }
    grep -m 1 'whole' /run/restore
}
is_careful() { says status 'Doors.*12 unknown' && says status 'Enrolled.*no: no deposits'; }
enrols_anew() { lockerctl enrol "$(<"/run/board/token")" && wait_for 60 is_enrolled; }

restored() {
    wait_for 300 is_active
    must "a fresh card mounts the stick" wait_for 60 stick_is_mounted
    must "lockerctl restore checks the backup and puts it in place" puts_back
    wait_for 120 answers
    check "the board is that station" says status "$station"
    check "it does not guess what is behind its doors, and has no keys" is_careful
    check "it has the parcel that the backup holds" knows "$before"
    check "a new token enrols it" enrols_anew
    check "the county gives back what came after the backup" wait_for 180 journal_has station.booksRecovered ''
    check "with the parcel that was put in then" knows "$after"
    check "all is sent" wait_for 180 is_settled
    keep_words
}

# MODE cable

cable() { wait_for 600 test -e "/run/board/done"; }

"$mode"
