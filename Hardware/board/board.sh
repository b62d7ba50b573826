#!/bin/bash
# Boots an image of image.sh as the virtual board: qemu-system-aarch64 with Debian's kernel, GPIO and USB of the kernel's own
# simulators, a hardware watchdog, and a network in which the county of this machine is http://10.0.2.2:8480.
#   board.sh --image FILE [--card FILE] [--boot FILE]... [--stick FILE]... [--work DIR] [--ssh PORT] [--tap NAME]
#     [--test SCRIPT [--timeout SECONDS] [-- ARGS]]
#   --card FILE    the card: a copy of the image that keeps what the board wrote; made when absent. Without it the copy goes away.
#   --boot FILE    a file for the card's boot partition, as a laptop would write it: enrol.toml, authorized_keys, tech-password.txt
#   --stick FILE   an image that is a USB stick at the board; further ones lie beside it. The monitor (qmp.py) knows them as
#                  stick1, stick2, …
#   --ssh PORT     port of 127.0.0.1 that leads to the board's SSH (8422; 0: none)
#   --tap NAME     the board's Ethernet is this tap device of the machine, a cable to a laptop, and no network with a county
#   --test SCRIPT  runs without a console: SCRIPT runs as root on the board, its folder is /run/board (WORKDIR here), and its
#                  exit status becomes this one's; WORKDIR/console.log has the console, whose line is the socket WORKDIR/serial,
#                  WORKDIR/output what the script prints, and WORKDIR/results is where it adds its checks. After a reset of the
#                  board it runs once more. /dev/vdc is the bench's Debian root, with the python that a card has not.
# Without --test the console is this terminal: Ctrl-a x ends the board, as pulling the plug would.
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin
umask 022

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=~
cache=${VILLAGELOCKER_CACHE:-${XDG_CACHE_HOME:-$home/.cache}/villagelocker}/board
# Where image.sh puts the boot partition.
boot_offset=16M
memory_mib=1024
# A guest that left no status, and one that did not come to its script.
no_status=99 not_booted=98
# Twelve seconds on an idle machine; beside builds it was minutes.
boot_seconds=600

say() { echo "board: $*" >&2; }
die() { say "$*"; exit "$no_status"; }
usage() { sed -n '4,18s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit "$no_status"; }

image='' card='' work='' ssh_port=8422 tap='' script='' timeout=300 boots=() sticks=()
while [[ $# -gt 0 && $1 != -- ]]; do
    [[ $# -ge 2 ]] || usage
    case $1 in
        --image) image=$2 ;;
        --card) card=$2 ;;
        --boot) boots+=("$2") ;;
        --stick) sticks+=("$2") ;;
        --work) work=$2 ;;
        --ssh) ssh_port=$2 ;;
        --tap) tap=$2 ;;
        --test) script=$(realpath "$2") ;;
        --timeout) timeout=$2 ;;
        *) usage ;;
    esac
    shift 2
done
[[ $# -eq 0 ]] || shift
[[ $timeout =~ ^[0-9]+$ && $ssh_port =~ ^[0-9]+$ ]] || usage
for name in qemu-system-aarch64 mcopy mke2fs cpio; do
    command -v "$name" >/dev/null ||
        die "$name is missing; type: sudo apt-get install --no-install-recommends qemu-system-arm mtools e2fsprogs cpio"
done
[[ -n $image ]] || image=$(find "$cache" -maxdepth 1 -name 'villagelocker-*-arm64.img' -printf '%T@ %p\n' 2>/dev/null |
    sort -n | tail -n 1 | cut -d' ' -f2-)
[[ -n $image && -r $image ]] || die "no image ${image:-in $cache}: make image ARCH=arm64 makes one"
image=$(realpath "$image")
for file in ${boots[@]+"${boots[@]}"}; do [[ -r $file ]] || die "no file $file for the boot partition"; done
for file in ${sticks[@]+"${sticks[@]}"}; do [[ -w $file ]] || die "no stick $file: truncate and mkfs make one"; done

qemu='' clock='' booting='' own_work='' own_card=''
# shellcheck disable=SC2317
finish() {
    local child
    for child in $qemu $clock $booting; do
        kill -KILL "$child" 2>/dev/null || true
        wait "$child" 2>/dev/null || true
    done
    [[ -z $own_card ]] || rm -f "$card"
    if [[ -n $own_work ]]; then rm -rf "$work"; elif [[ -n $work ]]; then rm -f "$work/qemu.pid"; fi
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

mkdir -p "$cache"
if [[ -z $work ]]; then
    work=$(mktemp -d)
    own_work=yes
fi
mkdir -p "$work"
work=$(realpath "$work")

files=$("$here/../bench/prepare.sh" --arch arm64 2>"$work/prepare.log") ||
    { cat "$work/prepare.log" >&2; die "the board's kernel is not ready"; }
[[ -n $files ]] || die "no virtual board on this machine"
release=$(<"$files/release")

# The modules of the kernel, as a disk.
modules_disk() {
    local tree
    tree=$(realpath "$files/modules")
    modules=$cache/modules-$(basename "$(realpath "$files")").img
    exec 9>"$cache/lock"
    flock 9
    if [[ ! -e $modules ]]; then
        say "making a disk of the modules of $release"
        rm -rf "$modules.new" "$modules.tree"
        mkdir "$modules.tree"
        cp -al "$tree" "$modules.tree/$release" 2>/dev/null || cp -a "$tree" "$modules.tree/$release"
        mke2fs -q -t ext4 -O ^has_journal -m 0 -d "$modules.tree" "$modules.new" \
            "$(($(du -sm "$tree" | cut -f1) * 5 / 4 + 32))M"
        rm -rf "$modules.tree"
        mv -T "$modules.new" "$modules"
    fi
    flock -u 9
}

# What of this tree the board's units need, and the initramfs: the bench's, with an init of its own behind it.
stage() {
    local tree=$work/initramfs.tree
    rm -rf "$work"/{Hardware,units,status,started,output,console.log,serial}
    mkdir -p "$work/Hardware/bench" "$work/units" "$tree/run"
    cp -r "$here/../bench/guest" "$work/Hardware/bench/"
    find "$here/guest" -maxdepth 1 -type f -exec cp -t "$work" {} +
    mv "$work"/*.service "$work/units/"
    [[ -n $script ]] || rm "$work/units/board-test.service"
    install -m 0755 "$work/init" "$tree/init"
    { cat "$files/initramfs"; (cd "$tree" && find . -mindepth 1 -print0 | cpio --quiet -0 -o -H newc -R 0:0); } >"$work/initramfs"
    rm -r "$tree"
    [[ -z $script ]] || cp "$script" "$work/script"
    {
        printf '#!/bin/bash\ncd /run/board\ntouch started\n/bin/bash /run/board/script'
        [[ $# -eq 0 ]] || printf ' %q' "$@"
        printf ' >>output 2>&1 </dev/null\necho $? >status\nsync\nsystemctl poweroff\n'
    } >"$work/run.sh"
}

modules_disk
stage "$@"

if [[ -z $card ]]; then
    card=$(mktemp "$cache/card.XXXXXX")
    own_card=yes
    cp --sparse=always "$image" "$card"
elif [[ ! -e $card ]]; then
    cp --sparse=always "$image" "$card.new"
    mv -T "$card.new" "$card"
fi
card=$(realpath "$card")
for file in ${boots[@]+"${boots[@]}"}; do
    mcopy -D o -i "$card@@$boot_offset" "$file" ::/
done

qemu_path() { echo "${1//,/,,}"; }

machine=(
    -machine virt -accel "tcg,thread=multi" -cpu cortex-a72 -m "$memory_mib" -smp 2 -display none -nodefaults
    -kernel "$files/vmlinux" -initrd "$work/initramfs"
    -append "console=ttyAMA0 quiet panic=10 rcupdate.rcu_expedited=1 fsck.repair=yes"
    -drive "file=$(qemu_path "$card"),if=none,id=card,format=raw,cache=writeback" -device "virtio-blk-pci,drive=card"
    -drive "file=$(qemu_path "$modules"),if=none,id=modules,format=raw,readonly=on" -device "virtio-blk-pci,drive=modules"
    -drive "file=$(qemu_path "$(realpath "$files/root.img")"),if=none,id=tools,format=raw,readonly=on"
    -device "virtio-blk-pci,drive=tools"
    -fsdev "local,id=w,path=$(qemu_path "$work"),security_model=none,multidevs=remap"
    -device "virtio-9p-pci,fsdev=w,mount_tag=work"
    -device i6300esb -action watchdog=reset
    -device virtio-rng-pci
)
forward=''
((ssh_port == 0)) || forward=",hostfwd=tcp:127.0.0.1:$ssh_port-:22"
network="user,id=n$forward"
[[ -z $tap ]] || network="tap,id=n,ifname=$tap,script=no,downscript=no"
machine+=(-netdev "$network" -device "virtio-net-pci,netdev=n,romfile=")
number=0
for file in ${sticks[@]+"${sticks[@]}"}; do
    number=$((number + 1))
    machine+=(-blockdev "driver=raw,node-name=stick$number,file.driver=file,file.filename=$(qemu_path "$(realpath "$file")")")
    ((number > 1)) || machine+=(-device "qemu-xhci" -device "usb-storage,id=stick1,drive=stick1")
done

if [[ -z $script ]]; then
    cat >&2 <<END
board: a county for it, in another terminal:  .build/release/county-server serve --root /tmp/county
board: and a token:  .build/release/county-server enrol-token STATION --root /tmp/county
board: the board reaches it as county = "http://10.0.2.2:8480"; SSH of the board: ssh -p $ssh_port tech@127.0.0.1
board: to log in or enrol, say --boot FILE with authorized_keys, tech-password.txt or enrol.toml
board: Ctrl-a x pulls the plug
END
    qemu-system-aarch64 "${machine[@]}" -serial mon:stdio
    exit
fi

# Should this script be killed outright, the board goes too.
setpriv --pdeathsig KILL qemu-system-aarch64 "${machine[@]}" -monitor none \
    -chardev "socket,id=console,path=$(qemu_path "$work/serial"),server=on,wait=off,logfile=$(qemu_path "$work/console.log")" \
    -serial chardev:console \
    -qmp "unix:$work/qmp,server=on,wait=off" </dev/null >"$work/qemu.log" 2>&1 &
qemu=$!
echo "$qemu" >"$work/qemu.pid"
setpriv --pdeathsig KILL sleep "$timeout" </dev/null >/dev/null 2>&1 &
clock=$!
setpriv --pdeathsig KILL sleep "$((boot_seconds < timeout ? boot_seconds : timeout))" </dev/null >/dev/null 2>&1 &
booting=$!

ended=''
wait -n -p ended "$qemu" "$clock" "$booting" || true
if [[ $ended == "$booting" ]]; then
    booting=''
    if [[ ! -e $work/started ]]; then
        tail -n 20 "$work/qemu.log" "$work/console.log" >&2 || true
        say "the board did not come to its script in $boot_seconds s: $work/console.log"
        exit "$not_booted"
    fi
    wait -n -p ended "$qemu" "$clock" || true
fi
if [[ $ended == "$clock" ]]; then
    clock=''
    tail -n 20 "$work/console.log" >&2 || true
    die "the board did not finish in $timeout s: $work/console.log"
fi
qemu=''
if [[ ! -e $work/started ]]; then
    tail -n 20 "$work/qemu.log" "$work/console.log" >&2 || true
    exit "$not_booted"
fi
status=$(cat "$work/status" 2>/dev/null || true)
if [[ ! $status =~ ^[0-9]+$ ]]; then
    tail -n 20 "$work/qemu.log" "$work/console.log" >&2 || true
    die "the board left no status"
fi
exit "$status"
