# shellcheck shell=bash
# What the parts of install.sh share: checks, apt, and what is asked of systemd.
# shellcheck disable=SC2154  # install.sh sets debs

home=/usr/lib/villagelocker/station
unit=lockerd.service
# Where a command's words are until the next one.
log=/run/bench-said

ok() { echo "ok - $*"; }
not_ok() { echo "not ok - $*"; }
note() { echo "$*"; }

# What the last command said, for a check that failed.
told() { grep -v '^(Reading database' "$log" | tail -n 12 | sed "s/^/    /"; }

# check WHAT COMMAND...: the command succeeds.
check() {
    local what=$1
    shift
    if "$@" >"$log" 2>&1; then ok "$what"; else not_ok "$what"; told; return 1; fi
}

# fails WHAT COMMAND...: the command fails.
fails() {
    local what=$1
    shift
    if "$@" >"$log" 2>&1; then not_ok "$what: it succeeded"; told; return 1; else ok "$what"; fi
}

# is WHAT WANTED GOT
is() {
    if [[ $2 == "$3" ]]; then ok "$1"; else not_ok "$1: wanted '$2', got '$3'"; return 1; fi
}

# says WHAT PATTERN: what the last command said holds it (ERE).
says() {
    if grep -qE -- "$2" "$log"; then ok "$1"; else not_ok "$1: no /$2/ in"; told; return 1; fi
}

# waits SECONDS COMMAND...: until it succeeds.
waits() {
    local end=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        ((SECONDS < end)) || return 1
        sleep 0.2
    done
}

property() { systemctl show -p "$1" --value "${2:-$unit}"; }
main_pid() { property MainPID "${1:-$unit}"; }

# The folder of the version whose program runs.
running() {
    local program
    program=$(readlink "/proc/$(main_pid "${1:-$unit}")/exe") || return 1
    program=${program%/*}
    echo "${program##*/}"
}

# The version that the next start uses.
current() { readlink "$home/current"; }

# Milliseconds from the moment systemd began to start it until it was ready.
start_milliseconds() {
    echo $((($(property ActiveEnterTimestampMonotonic "$1") - $(property InactiveExitTimestampMonotonic "$1")) / 1000))
}

uptime_milliseconds() { awk '{ printf "%d", $1 * 1000 }' /proc/uptime; }

# install_deb NAME [OPTION...]: as a technician types it; this machine has no network.
install_deb() {
    local deb=$debs/$1.deb
    shift
    timeout 240 apt-get install -q -y -o Dpkg::Use-Pty=0 "$@" "$deb" </dev/null
}

# It runs, and answers at the control socket.
answers() { systemctl is-active --quiet "$unit" && lockerctl status; }

# And its journal is open.
has_events() { answers && lockerctl events --limit 1 | grep -q .; }

# All events so far, one a line, as they are in the journal.
events() { lockerctl events --json --limit 100000; }
