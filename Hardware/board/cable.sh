#!/bin/bash
# A technician's laptop at the virtual board, by serial console and by Ethernet, on which there is no DHCP server:
# cable.sh IMAGE CARD WORKDIR STATION, in a network namespace of its own (unshare --net). Prints a line a check.
# shellcheck disable=SC2317  # confirm calls them
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
image=$1 card=$2 work=$3 station=$4
tap=board own=169.254.77.1
start_seconds=600

board=''
trap '[[ -z $board ]] || kill "$board" 2>/dev/null || true' EXIT
trap 'exit 143' TERM

# confirm SENTENCE COMMAND...
confirm() {
    local name=$1 said status=0
    shift
    # In front of `||` bash would take `set -e` from the command's lines.
    "$@" >"$folder/said" 2>&1 &
    wait "$!" || status=$?
    said=$(tail -n 6 "$folder/said" | tr -s '\n ' ' ' | sed 's/^ //; s/ $//')
    if [[ $status == 0 ]]; then echo "ok - $name${said:+: $said}"; else echo "not ok - $name: ${said:-status $status}"; fi
    confirmed=$status
}
# must SENTENCE COMMAND...: without it nothing else can be tried.
must() {
    confirm "$@"
    [[ $confirmed == 0 ]] || exit "$confirmed"
}

ip link set lo up
ip tuntap add dev "$tap" mode tap
ip address add "$own/16" dev "$tap"
ip link set "$tap" up

folder=$work/laptop
# Of the board's last start, too: its login would be taken for the one to come.
rm -rf "$folder" "$work"/{done,console.log,serial}
mkdir -p "$folder"
ssh-keygen -q -t ed25519 -N '' -f "$folder/key"
cp "$folder/key.pub" "$folder/authorized_keys"
password=$(od -An -N8 -tx1 /dev/urandom | tr -d ' \n')
printf '%s\r\n' "$password" >"$folder/tech-password.txt"

"$here/board.sh" --image "$image" --card "$card" --work "$work" --tap "$tap" --boot "$folder/authorized_keys" \
    --boot "$folder/tech-password.txt" --timeout 1800 --test "$here/guest/enrol.sh" -- "$station" cable >"$work/board.log" 2>&1 &
board=$!

for ((tries = 0; tries < start_seconds * 5; tries++)); do
    if grep -q 'login: ' "$work/console.log" 2>/dev/null || ! kill -0 "$board" 2>/dev/null; then break; fi
    sleep 0.2
done

console() { "$here/laptop.py" console "$work/serial" "$password" "$1"; }
address_is() {
    local address
    address=$(console "for n in \$(seq 60); do ip -4 -o address show scope link | grep -F 169.254. && break; sleep 1; done" |
        sed -n 's/.* inet \(169\.254\.[0-9.]*\)\/16.*/\1/p' || true)
    [[ -n $address ]] || { console "ip -br address"; return 1; }
    echo "$address" | tee "$folder/address"
}
issue_shows() { grep -F -m 1 -- "$(<"$folder/address")" "$work/console.log"; }
ssh_options=(-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -o BatchMode=yes)
by_ssh() { ssh "${ssh_options[@]}" -i "$folder/key" "tech@$1" "$2"; }
name_is_found() {
    local found
    found=$("$here/laptop.py" find locker.local "$own" 2>&1) || true
    [[ $found == "$(<"$folder/address")" ]] || {
        echo "$found"
        console "hostname; resolvectl --no-pager mdns; sudo journalctl --no-pager -b -u systemd-resolved -o cat | tail -n 4"
        return 1
    }
}
takes_keys_alone() {
    local said
    # It is refused, that is its answer.
    said=$(ssh "${ssh_options[@]}" -v -o LogLevel=DEBUG -o PreferredAuthentications=none "tech@$1" true 2>&1 || true)
    grep -m 1 -o 'can continue: publickey.\?$' <<<"$said"
}

must "tech logs in at the serial console with the password of tech-password.txt, and becomes root" console 'id -un; sudo -n id -un'
confirm "lockerctl answers there" console "lockerctl status | head -n 1"
must "without a DHCP server the board has a link-local address" address_is
confirm "the login on the console shows it" issue_shows
confirm "SSH with the key of authorized_keys answers on it" by_ssh "$(<"$folder/address")" 'id -un; sudo -n id -un'
confirm "the laptop finds it as locker.local" name_is_found
confirm "SSH takes keys and no password" takes_keys_alone "$(<"$folder/address")"
touch "$work/done"
status=0
wait "$board" || status=$?
board=''
exit "$status"
