#!/bin/bash
# On the virtual board: what a freshly flashed card does on its first start. board.sh --test runs it as root. One line a check
# in /run/board/results; times and memory in its output. Its arguments tell what lay on the boot partition, and with it
# `keys` the private key as /run/board/key: start.sh [keys] [password]
set -uo pipefail

ready_ms_max=3000 start_ms_max=20000 exposure_max=2.1
failed=0

check() { # name command...
    local name=$1
    shift
    if "$@"; then
        echo "ok - $name" | tee -a /run/board/results
    else
        failed=1
        echo "not ok - $name" | tee -a /run/board/results
    fi
}

property() { systemctl show --value -p "$2" "$1"; }
# shellcheck disable=SC2317
refused() { ! runuser -u "$1" -- lockerctl "$2" >/run/refused 2>&1; }
# shellcheck disable=SC2317
option() { findmnt -n -o OPTIONS "$1" | tr , '\n' | grep -qx -- "$2"; }

for ((tries = 0; tries < 240; tries++)); do
    state=$(systemctl is-system-running)
    [[ $state == starting || $state == initializing ]] || break
    sleep 0.5
done
[[ $state == running ]] || systemctl --failed --no-pager --plain
check "the system runs with no failed unit" test "$state" = running
check "lockerd is active" systemctl -q is-active lockerd.service

active=$(($(property lockerd.service ActiveEnterTimestampMonotonic) / 1000))
began=$(($(property lockerd.service ExecMainStartTimestampMonotonic) / 1000))
userspace=$(($(systemctl show --value -p UserspaceTimestampMonotonic) / 1000))
# Without an end of its start there is no time.
((active > began)) || active=$((began + 1000000))
check "lockerd is ready $((active - began)) ms after systemd starts it (at most $ready_ms_max)" \
    test $((active - began)) -le "$ready_ms_max"
check "and $((active - userspace)) ms after the kernel hands over (at most $start_ms_max)" \
    test $((active - userspace)) -le "$start_ms_max"

check "systemd feeds the hardware watchdog" grep -qx active /sys/class/watchdog/watchdog0/state
check "which resets after 30 s" grep -qx 30 /sys/class/watchdog/watchdog0/timeout
check "the journal's partition is mounted" test "$(findmnt -n -o SOURCE,FSTYPE /var/lib/lockerd)" = "/dev/vda3 ext4"
for name in noatime lazytime commit=60 errors=remount-ro nodev nosuid noexec; do
    check "with $name" option /var/lib/lockerd "$name"
done
check "and is lockerd's alone" test "$(stat -c %U:%a /var/lib/lockerd)" = lockerd:700
check "the root partition spares the card" option / noatime
check "the boot partition is read-only" option /boot/firmware ro
check "temporary files are in memory" test "$(findmnt -n -o FSTYPE /tmp)" = tmpfs
check "there is no swap" test "$(wc -l </proc/swaps)" = 1
check "logs are kept on the card" test -d "/var/log/journal/$(cat /etc/machine-id)"
check "backups have a folder of lockerd's" test "$(stat -c %U /var/backups/lockerd)" = lockerd

sshd -T >/run/sshd-settings
check "SSH takes no password" grep -qx 'passwordauthentication no' /run/sshd-settings
check "and no root" grep -qx 'permitrootlogin no' /run/sshd-settings
check "its key was made on this board" test -s /etc/ssh/ssh_host_ed25519_key
passwords=$(awk -F: '$2 ~ /^\$/ { print $1 }' /etc/shadow)
case " $* " in
    *" password "*)
        check "the boot partition's password is set" test "$passwords" = tech
        check "and its file is gone" test ! -e /boot/firmware/tech-password.txt
        ;;
    *) check "no account has a password" test -z "$passwords" ;;
esac
case " $* " in
    *" keys "*)
        check "a key of the boot partition opens SSH, and tech becomes root" \
            test "$(ssh -i /run/board/key -o StrictHostKeyChecking=no -o BatchMode=yes tech@127.0.0.1 sudo id -u 2>/dev/null)" = 0
        ;;
esac
check "nobody logs in at the screen" test "$(systemctl is-enabled getty@tty1.service)" = masked
check "the serial console has a login" systemctl -q is-active serial-getty@ttyAMA0.service
ports=$(ss -H -ltn | awk '{ print $4 }' | grep -v '^127\.\|^\[::1\]' | sed 's/.*://' | sort -u | paste -sd' ')
check "the network finds SSH and nothing else: $ports" test "$ports" = 22
check "Ethernet has an address" ip -4 -br address show scope global
check "no thread asks for more than a service may have" test "$(journalctl -b --no-pager | grep -c 'set thread priority')" = 0
exposure=$(systemd-analyze security --no-pager lockerd 2>/dev/null | sed -n 's/.*Overall exposure level for [^:]*: \([0-9.]*\).*/\1/p')
check "systemd-analyze security gives lockerd $exposure (at most $exposure_max)" \
    awk -v a="$exposure" -v b="$exposure_max" 'BEGIN { exit !(a != "" && a + 0 <= b + 0) }'
check "a user outside lockerd's groups is refused" refused nobody status
check "with the name of the group that reads" grep -q lockerd-view /run/refused
check "a technician, who is in lockerd-tech, scans at the simulated station" runuser -u tech -- lockerctl scan BOARD-START
fields=$(journalctl -q -b -u lockerd -o json --no-pager _COMM=lockerd | grep '"_TRANSPORT":"journal"' | grep -oE '"[A-Z][A-Z_]*":' |
    tr -d '":' | grep -vE '^(MESSAGE|PRIORITY|SYSLOG_.*)$' | sort -u | paste -sd' ')
check "lockerd's lines in the log have fields: $fields" test -n "$fields"
check "the clock's service runs" systemctl -q is-active systemd-timesyncd.service

echo "# $(systemd-analyze time | head -n 1)"
# The same work on every machine that emulates the board: times of two machines compare by it.
echo "# 200,000 turns of a loop of bash: $({ TIMEFORMAT=%R; time for ((turn = 0; turn < 200000; turn++)); do :; done; } 2>&1) s"
echo "# root partition: $(df -h --output=used,avail / | tail -n 1 | xargs) used, free"
echo "# MiB resident, MiB anonymous, program"
for folder in /proc/[0-9]*; do
    [[ -r $folder/smaps_rollup ]] || continue
    awk -v name="$(tr '\0' ' ' <"$folder/cmdline" | cut -c1-60)" '
        $1 == "Rss:" { rss = $2 } $1 == "Anonymous:" { anonymous = $2 }
        END { if (rss > 0) printf "# %6.1f %6.1f  %s\n", rss / 1024, anonymous / 1024, name }' "$folder/smaps_rollup" 2>/dev/null
done | sort -k2 -rn | head -n 20
awk '/^MemTotal|^MemAvailable/ { printf "# %s %d MiB\n", $1, $2 / 1024 }' /proc/meminfo
exit "$failed"
