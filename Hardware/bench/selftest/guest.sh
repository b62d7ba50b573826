#!/bin/bash
# What the bench promises, tried inside the guest: guest.sh keep0|keep1|after-cut; one line a check in /srv/results.
set -euo pipefail
source "$BENCH/guest/lib.sh"

pulses() { python3 -I -S "$BENCH/pulses.py" "$@"; }

check() {
    local name=$1
    shift
    # In the background, because a condition would switch off `set -e` in the function.
    "$@" &
    if wait "$!"; then echo "ok $name"; else echo "FAIL $name"; fi >>/srv/results
}

is() {
    [[ $1 == "$2" ]] || { echo "expected '$2', found '$1'" >&2; return 1; }
}

# Holds a line until it is killed, as a process that dies in a pulse does. libgpiod 2 has other options.
if [[ $(gpioset --version) == *v1.* ]]; then
    hold() { exec gpioset --mode=signal "$1" "$2"; }
    pulse() { gpioset --mode=time --usec=200000 "$1" "$2"; }
    watch() { exec gpiomon --num-events=1 --rising-edge "$1" "$2"; }
    lines() { gpioinfo "$1"; }
else
    hold() { exec gpioset -c "$1" "$2"; }
    pulse() { gpioset -t 200ms,0 -c "$1" "$2"; }
    watch() { exec gpiomon --num-events=1 --edges=rising -c "$1" "$2"; }
    lines() { gpioinfo -c "$1"; }
fi

wait_for() {
    local tries
    for ((tries = 0; tries < 200; tries++)); do
        ! "$@" || return 0
        sleep 0.05
    done
    echo "waited in vain for: $*" >&2
    return 1
}

kill_holder() {
    local holder
    hold "$(gpio_device board)" "$1=1" &
    holder=$!
    wait_for value_is board "$1" 1
    kill -KILL "$holder"
    wait "$holder" 2>/dev/null || true
    gpio_value board "$1"
}

value_is() { [[ $(gpio_value "$1" "$2") == "$3" ]]; }

# pulse_is_right LINE NAME LEVEL
pulse_is_right() {
    trace_on
    pulse "$(gpio_device board)" "$1=$3"
    trace_off /srv/pulse.trace
    pulses /srv/pulse.trace >/srv/pulse.json
    python3 -I -S - "$@" <<'PYTHON'
import json, sys
number, name, level = sys.argv[1:]
[line] = json.load(open("/srv/pulse.json"))["lines"]
[pulse] = line["pulses"]
assert (line["bank"], line["line"], line["name"], pulse["level"]) == ("board", int(number), name, int(level)), line
assert 160 <= pulse["width_ms"] <= 240 and line["unfinished"] is None, line
PYTHON
}

unfinished_is_right() {
    python3 -I -S - <<'PYTHON'
import json
[line] = json.load(open("/srv/unfinished.json"))["lines"]
assert line["line"] == 5 and line["unfinished"]["level"] == 1 and not line["pulses"], line
PYTHON
}

edge_is_seen() {
    local watcher
    watch "$(gpio_device board)" 7 >/srv/edges &
    watcher=$!
    wait_for requested board 7
    gpio_pull board 7 pull-up
    wait_for ended "$watcher"
    wait "$watcher"
    grep -q . /srv/edges
}

requested() { grep -Eq "line +$2:.*(\[used\]|consumer=)" <<<"$(lines "$(gpio_device board)")"; }
ended() { ! kill -0 "$1" 2>/dev/null; }
listed() { [[ $(lsusb) == *"$1"* ]]; }

# types SERIAL NAME TEXT [options]: what the host side reads is what was typed.
types() {
    local serial=$1 name=$2 text=$3 reader
    shift 3
    rm -f "/run/bench/ready.$name"
    python3 -I -S "$BENCH/selftest/keys.py" "$serial" "/run/bench/ready.$name" >"/srv/typed.$name" &
    reader=$!
    wait_for test -e "/run/bench/ready.$name"
    gadget_type "$name" "$text" "$@"
    wait "$reader"
    is "$(cat "/srv/typed.$name")" "$text"
}

unread_is_refused() {
    local interface
    interface=$(basename /sys/bus/usb/drivers/usbhid/1-*)
    echo "$interface" >/sys/bus/usb/drivers/usbhid/unbind
    ! gadget_type scanner abc --timeout 0.5
}

gpio_and_usb() {
    local ascii
    gpio_bank board 32 3=A01-LOCK 7=A01-DOOR 9=LAMP >/dev/null
    gpio_bank second 8 >/dev/null
    check "a pulse of 200 ms is measured, and no other line moved" pulse_is_right 3 A01-LOCK 1
    gpio_pull board 9 pull-up
    check "so is one of an active-low line" pulse_is_right 9 LAMP 0
    check "a pull makes an edge" edge_is_seen
    check "an output falls back when its process is killed (keep=0)" is "$(kill_holder 5)" 0

    gadget_make scanner 05f9 2214 SN1
    gadget_make numpad 1a2c 2d43 SN2
    check "no gadget before it is plugged in" is "$(lsusb | grep -c 05f9:2214)" 0
    gadget_plug scanner
    gadget_plug numpad
    check "the scanner is in the list" listed 05f9:2214
    check "the number pad is in the list" listed 1a2c:2d43
    check "the serial numbers are right" is "$(cat /sys/bus/usb/devices/[12]-1/serial | xargs)" "SN1 SN2"
    ascii=$(printf '%b' "$(printf '\\x%x' {32..126})")
    check "all of printable ASCII is typed" types SN1 scanner "$ascii"
    check "the number pad types with its own keys" types SN2 numpad 0123456789 --keypad
    gadget_unplug scanner
    check "an unplugged scanner is gone" is "$(lsusb | grep -c 05f9:2214)" 0
    gadget_plug scanner
    check "a scanner plugged in again is back" listed 05f9:2214
    check "and types" types SN1 scanner 6901234567892
    check "typing that nobody reads is refused in time" unread_is_refused
}

keep_and_cut() {
    gpio_bank board 32 >/dev/null
    trace_on
    check "an output stays when its process is killed (keep=1)" is "$(kill_holder 5)" 1
    trace_off /srv/unfinished.trace
    pulses /srv/unfinished.trace >/srv/unfinished.json
    check "and its pulse is unfinished" unfinished_is_right
    echo kept | dd of=/disk/synced conv=fsync status=none
    sync -d /disk
    echo lost >/disk/unsynced
    touch /srv/cut-now
    sleep 60
}

case $1 in
    keep0) gpio_and_usb ;;
    keep1) keep_and_cut ;;
    after-cut)
        check "what was synced is there after a power cut" is "$(cat /disk/synced)" kept
        check "what was not synced is lost" test ! -s /disk/unsynced
        exit 42
        ;;
esac
