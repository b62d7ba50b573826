#!/bin/bash
# Makes a station's machine in the guest, then plays one stage on it: guest.sh STAGE
set -euo pipefail
source "$BENCH/guest/lib.sh"

system=$BENCH/../../systemd
hil=$BENCH/hil

# The users, groups and device rules that ship: lockerd runs as it will in the field.
mkdir -p /run/bench/system/etc
# QEMU may run as somebody who cannot read the shadow files.
cp /etc/{passwd,group} /run/bench/system/etc/
touch /run/bench/system/etc/{shadow,gshadow}
systemd-sysusers --root=/run/bench/system "$system/lockerd.sysusers"
for name in passwd group; do mount --bind "/run/bench/system/etc/$name" "/etc/$name"; done
mkdir -p /run/udev/rules.d
cp "$system/90-lockerd.rules" /run/udev/rules.d/
udevadm control --reload
# A board has chips that were there before.
udevadm trigger --action=change --subsystem-match=gpio --settle

names=("1=A02-LOCK" "13=A02-DOOR" "26=BUZZER")
gpio_bank board 32 "${names[@]}" >/run/bench/label
# An active-low lock idles high.
gpio_pull board 2 pull-up
gadget_make scanner 05f9 2214 SN1
gadget_make numpad 1a2c 2d43 SN2

exec python3 -s -S -B "$hil/$1.py"
