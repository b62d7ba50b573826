# shellcheck shell=bash
# Functions for scripts that boot.sh runs in the guest: source "$BENCH/guest/lib.sh"

gpio_sim=/sys/kernel/config/gpio-sim
usb_gadgets=/sys/kernel/config/usb_gadget
tracing=/sys/kernel/tracing
bench_state=/run/bench
# Bounded, and long enough for an emulated machine beside builds.
settle_seconds=60
mkdir -p "$bench_state/udc"

bench_die() {
    echo "bench: $*" >&2
    exit 1
}

# gpio_bank NAME LINES [LINE=NAME...]: makes a live bank and prints the label of its chip.
gpio_bank() {
    local bank=$gpio_sim/$1 lines=$2 pair device
    shift 2
    mkdir "$bank" "$bank/b0"
    echo "$lines" >"$bank/b0/num_lines"
    for pair in "$@"; do
        mkdir "$bank/b0/line${pair%%=*}"
        echo "${pair#*=}" >"$bank/b0/line${pair%%=*}/name"
    done
    echo 1 >"$bank/live"
    read -r device <"$bank/dev_name"
    udevadm settle --timeout="$settle_seconds"
    echo "$device-node0"
}

gpio_line_folder() {
    local device chip
    read -r device <"$gpio_sim/$1/dev_name"
    read -r chip <"$gpio_sim/$1/b0/chip_name"
    echo "/sys/devices/platform/$device/$chip/sim_gpio$2"
}

# gpio_device BANK: the name of its device file. The tools of libgpiod 2 know chips by no label, and boards have chips of their own.
gpio_device() {
    cat "$gpio_sim/$1/b0/chip_name"
}

# gpio_value BANK LINE: the level that the world outside sees.
gpio_value() {
    cat "$(gpio_line_folder "$1" "$2")/value"
}

# gpio_pull BANK LINE pull-up|pull-down: what a switch does to an input, and the idle level of an output.
gpio_pull() {
    echo "$3" >"$(gpio_line_folder "$1" "$2")/pull"
}

# gpio_base BANK: the number that the tracepoints give the bank's line 0.
gpio_base() {
    local device folder label
    read -r device <"$gpio_sim/$1/dev_name"
    for folder in /sys/class/gpio/gpiochip*; do
        read -r label <"$folder/label"
        if [[ $label == "$device-node0" ]]; then
            cat "$folder/base"
            return
        fi
    done
    bench_die "bank $1 has no number"
}

# Prints "NUMBER LEVEL IDLE BANK LINE NAME" for every line of every bank.
gpio_map() {
    local bank base lines line folder level pull idle name
    for bank in "$gpio_sim"/*/; do
        [[ -d $bank ]] || continue
        bank=$(basename "$bank")
        base=$(gpio_base "$bank")
        folder=$(gpio_line_folder "$bank" '')
        read -r lines <"$gpio_sim/$bank/b0/num_lines"
        for ((line = 0; line < lines; line++)); do
            read -r level <"$folder$line/value"
            read -r pull <"$folder$line/pull"
            idle=0 name=''
            [[ $pull != pull-up ]] || idle=1
            [[ ! -e $gpio_sim/$bank/b0/line$line/name ]] || read -r name <"$gpio_sim/$bank/b0/line$line/name"
            echo "$((base + line)) $level $idle $bank $line $name"
        done
    done
}

# trace_on: records every change of every line from here on, stamped with the monotonic clock.
trace_on() {
    echo 0 >"$tracing/tracing_on"
    echo mono >"$tracing/trace_clock"
    echo 'get == 0' >"$tracing/events/gpio/gpio_value/filter"
    echo 1 >"$tracing/events/gpio/enable"
    echo >"$tracing/trace"
    gpio_map | sed 's/^/# start /' >"$bench_state/trace"
    echo 1 >"$tracing/tracing_on"
}

# trace_off FILE: ends the record and saves it with what pulses.py needs to name the lines.
trace_off() {
    echo 0 >"$tracing/tracing_on"
    {
        cat "$bench_state/trace"
        gpio_map | sed 's/^/# end /'
        cat "$tracing/trace"
    } >"$1"
    echo 0 >"$tracing/events/gpio/enable"
}

# gadget_make NAME VID PID SERIAL: a boot-protocol keyboard, not yet plugged in; two can be in at once.
gadget_make() {
    local gadget=$usb_gadgets/$1 udc taken
    for udc in /sys/class/udc/*; do
        udc=${udc##*/}
        taken=$(grep -lx "$udc" "$bench_state"/udc/* 2>/dev/null || true)
        [[ -n $taken ]] || break
    done
    [[ -z $taken ]] || bench_die "no free USB port for gadget $1"
    echo "$udc" >"$bench_state/udc/$1"

    mkdir "$gadget"
    echo "0x$2" >"$gadget/idVendor"
    echo "0x$3" >"$gadget/idProduct"
    echo 0x0200 >"$gadget/bcdUSB"
    mkdir "$gadget/strings/0x409" "$gadget/functions/hid.$1" "$gadget/configs/c.1"
    echo "$4" >"$gadget/strings/0x409/serialnumber"
    echo VillageLocker >"$gadget/strings/0x409/manufacturer"
    echo "$1" >"$gadget/strings/0x409/product"
    echo 1 >"$gadget/functions/hid.$1/protocol"
    echo 1 >"$gadget/functions/hid.$1/subclass"
    echo 8 >"$gadget/functions/hid.$1/report_length"
    # The keyboard of the HID specification's appendix B, without its lamps.
    printf '%b' '\x05\x01\x09\x06\xa1\x01\x05\x07\x19\xe0\x29\xe7\x15\x00\x25\x01\x75\x01\x95\x08\x81\x02' \
        '\x95\x01\x75\x08\x81\x03\x95\x06\x75\x08\x15\x00\x25\x65\x05\x07\x19\x00\x29\x65\x81\x00\xc0' \
        >"$gadget/functions/hid.$1/report_desc"
    ln -s "$gadget/functions/hid.$1" "$gadget/configs/c.1/"
}

# gadget_plug NAME: returns when the host side has the device and udev has seen it.
gadget_plug() {
    local udc tries
    read -r udc <"$bench_state/udc/$1"
    echo "$udc" >"$usb_gadgets/$1/UDC"
    for ((tries = 0; tries < 100; tries++)); do
        if [[ $(cat "/sys/class/udc/$udc/state") == configured ]]; then
            udevadm settle --timeout="$settle_seconds"
            return
        fi
        sleep 0.05
    done
    bench_die "the host does not take gadget $1"
}

gadget_unplug() {
    echo >"$usb_gadgets/$1/UDC"
    udevadm settle --timeout="$settle_seconds"
}

# gadget_type NAME TEXT [hidtype.py's options]: types TEXT and Enter; not 0 if nobody reads them in time.
gadget_type() {
    local name=$1 text=$2 number
    shift 2
    number=$(cut -d: -f2 "$usb_gadgets/$name/functions/hid.$name/dev")
    python3 -I -S -B "$BENCH/guest/hidtype.py" "$@" -- "/dev/hidg$number" "$text"
}
