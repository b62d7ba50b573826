#!/bin/bash
# What a station costs its board, on the virtual board: memory of each program, and what is written to the card while nothing
# happens and on a day of 300 parcels, of which PARCELS are played: scanned at the USB scanner, doors shut by hand. Lines
# "NAME VALUE" in /run/board/figures.
# figures.sh SETTLE_MINUTES IDLE_MINUTES PARCELS: the county runs on this board too, in memory, from /run/board/programs.
# What a start and an enrolment leave to be written is over after 16 minutes: the log is synced every fifteen.
set -euo pipefail
# shellcheck source=Hardware/board/guest/lib.sh
source /run/board/lib.sh
# shellcheck source=Hardware/board/guest/people.sh
source /run/board/people.sh

settle_minutes=$1 idle_minutes=$2 parcels=$3
day_parcels=300
# Times a day that each of them fits.
idle_a_day=$((24 * 60 / idle_minutes))
station=board-0300 port=8480 county=/run/county
figure() { echo "$1 $2" >>/run/board/figures; }

# memory NAME PID: resident and anonymous KiB.
memory() {
    awk -v name="$1" '/^Rss:/ { rss = $2 } /^Anonymous:/ { anonymous = $2 }
        END { print name ".resident_kib", rss; print name ".anonymous_kib", anonymous }' \
        "/proc/$2/smaps_rollup" >>/run/board/figures
}

# reached PARTITION: KiB that were written to it since the board started.
reached() { awk '{ print $7 / 2 }' "/sys/class/block/$1/stat"; }
# written PARTITION: with all that waits to be.
written() {
    sync
    reached "$1"
}
root=vda2 data=vda3

ask_county() { /run/board/programs/county-server "$@" --root "$county"; }
listens() { ss -ltn | grep -q ":$port "; }

start_county() {
    mkdir -p "$county/etc/county-server"
    printf 'port = %s\nname = "Board"\npublic_url = "http://127.0.0.1:%s"\n' "$port" "$port" >"$county/etc/county-server/county.toml"
    /run/board/programs/county-server serve --root "$county" >/run/county.log 2>&1 &
    county_pid=$!
    wait_for 60 listens
}

become_a_station() {
    mkdir -p /etc/lockerd/station.d
    cat >/etc/lockerd/station.d/50-figures.toml <<-END
	[station]
	id = "$station"
	village = "140522102206"
	[county]
	url = "http://127.0.0.1:$port"
	[board]
	driver = "gpiod"
	profile = "bench-12"
	END
    name_scanners
    lockerctl enrol "$(ask_county enrol-token "$station")"
}

# No sync at its ends: it would write what a station writes once a day (lazytime), and what waits is the same at both.
idles() {
    local root_before data_before minute
    sleep $((settle_minutes * 60))
    root_before=$(reached "$root") data_before=$(reached "$data")
    touch /run/idle-began
    for ((minute = 1; minute <= idle_minutes; minute++)); do
        sleep 60
        echo "# minute $minute: $(minus "$(reached "$root")" "$root_before") KiB to the system, $(minus "$(reached "$data")" "$data_before") KiB to the journal"
    done
    idle_root=$(minus "$(reached "$root")" "$root_before")
    idle_data=$(minus "$(reached "$data")" "$data_before")
    echo "# files written while it idled:"
    find / /var/lib/lockerd -xdev -type f -newer /run/idle-began -printf '#   %p, %s bytes, %TH:%TM\n' 2>/dev/null | head -n 40
    echo "# and the log's lines:"
    journalctl --no-pager -o short --since "-$((idle_minutes + 1)) min" | tail -n 40 | sed 's/^/#   /'
    figure idle.minutes "$idle_minutes"
    figure idle.system_kib_a_day "$(awk -v a="$idle_root" -v n="$idle_a_day" 'BEGIN { print a * n }')"
    figure idle.journal_kib_a_day "$(awk -v a="$idle_data" -v n="$idle_a_day" 'BEGIN { print a * n }')"
}

# What the parcels cause and not the time that they take here; a day's idling comes on top.
day() {
    local root_before data_before began minutes times
    times=$(awk -v a="$day_parcels" -v b="$parcels" 'BEGIN { print a / b }')
    began=$SECONDS
    root_before=$(written "$root") data_before=$(written "$data")
    python /run/board/day300.py "$station" "$county" "$parcels" "$BENCH/guest/hidtype.py" "$(keys_of scanner)" \
        >/run/board/day.log 2>&1 ||
        { tail -n 5 /run/board/day.log; return 1; }
    minutes=$(awk -v s=$((SECONDS - began)) 'BEGIN { print s / 60 }')
    {
        awk -v written="$(written "$root")" -v before="$root_before" -v idle="$idle_root" -v per="$idle_minutes" -v m="$minutes" \
            -v n="$idle_a_day" -v times="$times" 'BEGIN { print "day.system_kib", (written - before - idle / per * m) * times + idle * n }'
        awk -v written="$(written "$data")" -v before="$data_before" -v idle="$idle_data" -v per="$idle_minutes" -v m="$minutes" \
            -v n="$idle_a_day" -v times="$times" 'BEGIN { print "day.journal_kib", (written - before - idle / per * m) * times + idle * n }'
        echo "day.parcels $parcels"
        echo "day.drive_minutes $minutes"
    } >>/run/board/figures
    tail -n 1 /run/board/day.log
}

# Once an hour; it goes to a medium of its own where there is one.
backup() {
    local before
    before=$(awk '{ print $7 / 2 }' /sys/class/block/vda/stat)
    lockerctl backup >/run/board/backup.log 2>&1 || { tail -n 3 /run/board/backup.log; return 1; }
    sync
    figure "backup.kib_a_day" "$(awk -v a="$(awk '{ print $7 / 2 }' /sys/class/block/vda/stat)" -v b="$before" 'BEGIN { print (a - b) * 24 }')"
}

rm -f /run/board/figures
wait_for 150 is_active
start_county
become_a_station
wait_for 60 is_active
idle_root=0 idle_data=0
idles
ok "$idle_minutes minutes of idling were measured"
memory lockerd_idle "$(main_pid)"
people_come
# In this shell, because it uses what the idling left.
if day >/run/figures; then ok "$parcels parcels of a day: $(cat /run/figures)"; else not_ok "$parcels parcels of a day: $(tail -n 3 /run/figures | tr '\n' ' ')"; fi
memory lockerd "$(main_pid)"
memory county-server "$county_pid"
lockerctl events --follow --json >/dev/null 2>&1 &
follower=$!
sleep 5
memory lockerctl "$follower"
kill "$follower"
if lockerctl backup --help >/dev/null 2>&1; then
    check "a backup's bytes were measured" backup
else
    echo "ok - a backup's bytes were measured # SKIP this lockerctl makes no backup" >>/run/board/results
fi
