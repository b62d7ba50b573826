#!/bin/bash
# The chain of watchdogs, on the virtual board with systemd as process 1: systemd restarts a lockerd whose engine is stuck, the
# hardware restarts a kernel that hangs, and a card that is slow restarts nothing. One line a check in /run/board/results.
# The last check reboots the board; board.sh runs this script once more then, and it goes on.
set -euo pipefail
# shellcheck source=Hardware/board/guest/lib.sh
source /run/board/lib.sh

stuck_seconds_max=35
slow_seconds=20
# RuntimeWatchdogSec= of the image, until the reset; the i6300esb counts it in two halves.
hang_seconds_max=90

engine_stuck() {
    local pid stick stuck restarts took ready journal
    pid=$(main_pid)
    # An example keeps its books in a folder of its own.
    # A descriptor may be closed meanwhile.
    journal=$(find "/proc/$pid/fd" -type l -exec readlink {} + 2>/dev/null | grep -m 1 '/journal\.sqlite$' || true)
    [[ -n $journal ]] || die "lockerd has no journal open"
    restarts=$(property lockerd NRestarts)
    python /run/board/stick.py "$pid" "$journal" --seconds 120 >/run/stick 2>&1 &
    stick=$!
    wait_for 60 grep -q listening /run/stick || { kill "$stick" 2>/dev/null || true; cat /run/stick; return 1; }
    # Any event is a write of the engine. This one is not answered.
    timeout 60 lockerctl scan STUCK-0001 >/run/scan 2>&1 &
    wait_for 60 grep -q '^stuck ' /run/stick || { kill "$stick" 2>/dev/null || true; cat /run/stick /run/scan; return 1; }
    stuck=$(awk '/^stuck / { print $3 }' /run/stick)
    wait_for 60 is_another "$pid"
    wait_for 60 is_active
    took=$(minus "$(started_at)" "$stuck") ready=$(minus "$(ready_at)" "$stuck")
    wait "$stick" || { cat /run/stick; return 1; }
    less "$took" "$stuck_seconds_max" || die "a new lockerd was started after $took s"
    (($(property lockerd NRestarts) == restarts + 1)) || die "$(property lockerd NRestarts) restarts"
    journalctl -b -u lockerd | grep 'Watchdog timeout' >/dev/null || die "the log says nothing of a watchdog timeout"
    echo "stuck in a write of the journal, a new lockerd started $took s later and was ready after $ready s"
}

commit_is_slow() {
    local pid thaws restarts
    mountpoint -q /var/lib/lockerd || die "/var/lib/lockerd is no file system of its own"
    pid=$(main_pid) restarts=$(property lockerd NRestarts)
    fsfreeze --freeze /var/lib/lockerd
    # Whatever happens, it thaws.
    (sleep "$slow_seconds"; touch /run/thaws; fsfreeze --unfreeze /var/lib/lockerd) &
    thaws=$!
    # Nobody waits so long for an answer; the event counts.
    timeout 60 lockerctl scan SLOW-0001 >/dev/null 2>&1 || true
    if [[ ! -e /run/thaws ]] && timeout 5 lockerctl events --json --limit 10000 2>/dev/null | grep -qF SLOW-0001; then
        wait "$thaws"
        die "the scan was in the journal while nothing could be written: nothing was slow"
    fi
    wait "$thaws"
    wait_for 60 has_event SLOW-0001
    # As long again as systemd would take to find it dead.
    sleep 35
    [[ $(main_pid) == "$pid" && $(property lockerd NRestarts) == "$restarts" ]] || die "lockerd was restarted"
    echo "the scan is in the journal, lockerd is the same process 35 s later"
}

hardware_is_watched() {
    local device
    device=$(cat /sys/class/watchdog/watchdog0/identity)
    [[ $device == "i6300ESB timer" && $(cat /sys/class/watchdog/watchdog0/state) == active ]] ||
        die "$device is $(cat /sys/class/watchdog/watchdog0/state)"
    echo "$device, $(cat /sys/class/watchdog/watchdog0/timeout) s"
}

hang() {
    scan HANG-0001
    cat /proc/sys/kernel/random/boot_id >/run/board/boot_id
    date +%s >/run/board/hung
    sync
    echo 0 >/proc/sys/kernel/panic
    echo 1 >/proc/sys/kernel/sysrq
    echo c >/proc/sysrq-trigger
    sleep 300
}

came_back() {
    local gap
    [[ $(cat /run/board/boot_id) != "$(cat /proc/sys/kernel/random/boot_id)" ]] || die "this is the same boot"
    gap=$(($(date +%s) - $(cut -d. -f1 /proc/uptime) - $(cat /run/board/hung)))
    ((gap <= hang_seconds_max)) || die "$gap s passed before the kernel started again"
    wait_for 90 is_active
    has_event HANG-0001 || die "the last event before the hang is lost"
    echo "the kernel started again $gap s after it hung, lockerd was ready $(ready_at) s after that"
}

if [[ -e /run/board/hung ]]; then
    check "the hardware watchdog restarts a board whose kernel hangs, and lockerd comes up again" came_back
    exit 0
fi
wait_for 120 is_active
check "an engine that is stuck is restarted by systemd within $stuck_seconds_max s" engine_stuck
wait_for 60 is_active
check "a commit that takes $slow_seconds s is no reason for a restart" commit_is_slow
wait_for 60 is_active
must "systemd feeds the hardware watchdog" hardware_is_watched
hang
