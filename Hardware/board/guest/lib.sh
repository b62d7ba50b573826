# shellcheck shell=bash
# For scripts that board.sh runs as root on the virtual board, where /run/board is the host's folder of this run, and the disk
# vdc, if there is one, the bench's Debian root: it has the python that a station's card does not have.

board=/run/board
results=$board/results

ok() { echo "ok - $*" >>"$results"; }
not_ok() { echo "not ok - $*" >>"$results"; }

# check SENTENCE COMMAND...: what the command prints are its figures. `checked` is its status; it returns 0, because in front of
# `||` or in a condition bash takes `set -e` from the command's every line, and only the last one would count.
check() {
    # The command sees these, too: no names that a script would use.
    local sentence=$1 figures
    shift
    checked=0
    "$@" >"/run/figures" 2>&1 &
    wait "$!" || checked=$?
    figures=$(tr '\n' ' ' </run/figures | sed 's/ *$//')
    if [[ $checked == 0 ]]; then ok "$sentence${figures:+: $figures}"; else not_ok "$sentence: ${figures:-status $checked}"; fi
}
# must SENTENCE COMMAND...: without it the script does not go on.
must() {
    check "$@"
    [[ $checked == 0 ]] || exit 1
}

die() { echo "$*"; exit 1; }

# Seconds of the kernel's own clock.
uptime_seconds() { cut -d' ' -f1 /proc/uptime; }

# less A B: numbers with fractions.
less() { awk -v a="$1" -v b="$2" 'BEGIN { exit !(a < b) }'; }
minus() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.1f", a - b }'; }

# wait_for SECONDS COMMAND...
wait_for() {
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        ((SECONDS < end)) || { echo "waited in vain for: $*"; return 1; }
        sleep 0.2
    done
}

# property UNIT NAME
property() { systemctl show --value -p "$2" "$1"; }
is_active() { [[ $(property "${1:-lockerd}" ActiveState) == active ]]; }
main_pid() { property lockerd MainPID; }
is_another() { [[ $(main_pid) != "$1" && $(main_pid) != 0 ]]; }

# When the main process of lockerd was started, in the seconds of /proc/uptime.
started_at() { property lockerd ExecMainStartTimestampMonotonic | awk '{ printf "%.3f", $1 / 1e6 }'; }
# When systemd heard that it is ready.
ready_at() { property lockerd ActiveEnterTimestampMonotonic | awk '{ printf "%.3f", $1 / 1e6 }'; }

# python ARGUMENTS...: the bench's own, with its libraries.
python() {
    local tools=/run/tools
    if [[ ! -x $tools/usr/bin/python3 ]]; then
        mkdir -p "$tools"
        mount -o ro,noload /dev/vdc "$tools"
    fi
    PYTHONHOME=$tools/usr LD_LIBRARY_PATH=$tools/usr/lib/aarch64-linux-gnu "$tools/usr/bin/python3" -I -S -B "$@"
}

# scan TEXT: played on a simulated station.
scan() { lockerctl scan "$1" >/dev/null; }

# has_event TEXT: the station's journal has it.
has_event() { lockerctl events --json --limit 10000 | grep -qF -- "$1"; }
