# shellcheck shell=bash
# Who stands at the virtual board: somebody scans at its USB scanner, and doors spring open and are shut. For scripts that have
# read lib.sh.
BENCH=/run/board/Hardware/bench
# shellcheck source=Hardware/bench/guest/lib.sh
source "$BENCH/guest/lib.sh"

# A guest that stood still between two keys has torn the scan: the person scans again.
scans_max=6

# As a technician names scanner and number pad of hardware.sh to the station.
name_scanners() {
    cat >/etc/lockerd/station.d/20-scanners.toml <<-'END'
	[[scanner]]
	match = { usb = "05f9:2214" }
	role = "scanner"
	[[scanner]]
	match = { usb = "1a2c:2d43" }
	role = "keypad"
	END
    systemctl restart lockerd
}

# keys_of NAME: where a gadget's keys are pressed.
# shellcheck disable=SC2154  # the bench's lib.sh sets it
keys_of() { echo "/dev/hidg$(cut -d: -f2 "$usb_gadgets/$1/functions/hid.$1/dev")"; }

# type_at NAME TEXT [hidtype.py's options]
type_at() {
    local keys text=$2
    keys=$(keys_of "$1")
    shift 2
    python "$BENCH/guest/hidtype.py" --timeout 20 "$@" -- "$keys" "$text"
}

# journal_has TYPE TEXT: an event of that type that holds the text.
journal_has() {
    # To its end: a pipe that is closed early is an error.
    lockerctl events --json --limit 100000 | grep -F "\"dev.villagelocker.$1.v1\"" | grep -F -- "$2" >/dev/null
}

# scan_for TEXT TYPE WORDS: scans until such an event is there.
scan_for() {
    local try
    for ((try = 1; try <= scans_max; try++)); do
        type_at scanner "$1"
        if wait_for 12 journal_has "$2" "$3" >/dev/null; then return; fi
    done
    die "$1 was scanned $scans_max times and made no $2"
}

scanner_is_read() { journal_has device.scannerAttached 05f9:2214; }

# The doors of the profile bench-12: the one whose lock gets its pulse springs open and is shut.
people_come() {
    python /run/board/cabinet.py "$(gpio_line_folder board '')" >/run/board/cabinet.log 2>&1 &
    cabinet_pid=$!
}
people_go() { kill "$cabinet_pid"; }
