#!/bin/bash
# What is soldered and plugged in on the virtual board: 32 lines of the kernel's gpio-sim, wired as the profile bench-12 says, and
# two USB keyboards: a scanner and a number pad. hardware.sh gpio|usb
set -euo pipefail
# shellcheck source=Hardware/bench/guest/lib.sh
source "/run/board/Hardware/bench/guest/lib.sh"

case $1 in
    gpio)
        # Before systemd, by the bench's init.
        modprobe gpio-sim-oot keep=1
        mount -t configfs configfs /sys/kernel/config
        gpio_bank board 32 1=A02-LOCK 13=A02-DOOR 26=BUZZER >/run/board-chip
        # An active-low lock idles high.
        gpio_pull board 2 pull-up
        ;;
    usb)
        modprobe dummy_hcd num=2
        modprobe -a libcomposite usb_f_hid usbhid hid_generic evdev
        gadget_make scanner 05f9 2214 SN1
        gadget_make numpad 1a2c 2d43 SN2
        # A board that is emulated beside much else is slow to see what is plugged in.
        for name in scanner numpad; do
            for tries in 1 2 3 4 5; do
                if (gadget_plug "$name"); then break; fi
                ((tries < 5)) || exit 1
                gadget_unplug "$name"
            done
        done
        ;;
esac
