#!/bin/bash
# Runs a script in a guest with Debian's kernel over this machine's files; its exit status becomes this one's. With --arch arm64
# the guest is an arm64 board with Debian 13's files.
# What the guest needs of this tree is copied to WORKDIR/stage, which is /run/bench/stage there: users of the guest may not be
# able to reach the tree itself (a home of mode 0700), and the guest has a /tmp, /run, /srv and /dev of its own.
# With --system IMAGE the guest's files are those of that ext4 image, which it may change, systemd is its process 1, and the
# script is a unit of it; what the script prints goes to WORKDIR/results.
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# A guest that left no status, and one that did not come to its script in time.
no_status=99 not_booted=98
boot_seconds=80
# systemd starts a dozen programs before its script.
system_boot_seconds=150
# A board of another architecture has every instruction translated.
boot_seconds_arm64=120

die() { echo "bench: $*" >&2; exit "$no_status"; }
usage() {
    die "usage: boot.sh WORKDIR GUEST_SCRIPT [--arch amd64|arm64] [--disk FILE | --system IMAGE] [--keep 0|1]" \
        "[--timeout SECONDS] [-- ARGS]"
}

[[ $# -ge 2 ]] || usage
mkdir -p "$1"
work=$(realpath "$1")
script=$(realpath "$2")
shift 2
arch=amd64 disk='' system='' keep=0 timeout=120
while [[ $# -gt 0 && $1 != -- ]]; do
    [[ $# -ge 2 ]] || usage
    case $1 in
        --arch) arch=$2 ;;
        --disk) disk=$2 ;;
        --system) system=$2 ;;
        --keep) keep=$2 ;;
        --timeout) timeout=$2 ;;
        *) usage ;;
    esac
    shift 2
done
[[ $# -eq 0 ]] || shift
[[ $arch == amd64 || $arch == arm64 ]] || usage
[[ $keep == [01] ]] || usage
[[ $timeout =~ ^[0-9]+$ ]] || usage
[[ -z $disk || -z $system ]] || usage
[[ -z $system || -f $system ]] || die "no such image: $system"
[[ -f $script ]] || die "no such script: $script"
[[ $arch != arm64 ]] || boot_seconds=$boot_seconds_arm64

# Its notes are for who calls it by itself.
files=$("$here/prepare.sh" --arch "$arch" 2>"$work/prepare.log") || { cat "$work/prepare.log" >&2; die "the bench is not ready"; }
[[ -n $files ]] || die "no virtual bench on this machine"
stage=$work/stage
rm -rf "$work"/{status,console.log,started} "$stage"/{Hardware,systemd}
mkdir -p "$stage"
cp -r "$here/../../Hardware" "$here/../../systemd" "$stage/"
cp "$script" "$stage/script.sh"
chmod -R u+rwX,go+rX "$stage"
printf '%s\n' "$(realpath "$files/modules")" "$stage" >"$work/places"
{
    echo 'export BENCH=/run/bench/stage/Hardware/bench'
    printf 'cd /srv\ntouch started\nexec /bin/bash /run/bench/stage/script.sh'
    printf ' %q' "$@"
    echo
} >"$work/run.sh"

qemu_path() { echo "${1//,/,,}"; }

# share TAG FOLDER [OPTION]
share() {
    machine+=(
        -fsdev "local,id=$1,path=$(qemu_path "$2"),security_model=none,multidevs=remap${3:+,$3}"
        -device "virtio-9p-pci,fsdev=$1,mount_tag=$1"
    )
}

machine=(
    -accel "tcg,thread=multi" -m 1024 -smp 2
    -display none -monitor none -nodefaults -no-reboot -serial "file:$work/console.log"
    -kernel "$files/vmlinux" -initrd "$files/initramfs"
)
options=(panic=-1 quiet mitigations=off rcupdate.rcu_expedited=1 "keep=$keep")
share work "$work"
if [[ $arch == amd64 ]]; then
    emulator=qemu-system-x86_64 data_disk=vda
    machine+=(-machine q35 -cpu max)
    share host / readonly=on
    options+=(console=ttyS0 tsc=reliable no_timer_check random.trust_cpu=on)
else
    emulator=qemu-system-aarch64 data_disk=vdb
    machine+=(
        -machine virt -cpu cortex-a72
        -drive "file=$(qemu_path "$(realpath "$files/root.img")"),if=none,id=r,format=raw,readonly=on"
        -device "virtio-blk-pci,drive=r"
    )
    share stage "$stage" readonly=on
    share modules "$(realpath "$files/modules")" readonly=on
    options+=(console=ttyAMA0 files=vda)
fi
if [[ -n $disk ]]; then
    if [[ ! -e $disk ]]; then
        truncate -s 64M "$disk"
        mke2fs -q -t ext4 "$disk"
    fi
    # A flush of the guest becomes a flush of the file; what the guest still holds dies with QEMU.
    machine+=(
        -drive "file=$(qemu_path "$(realpath "$disk")"),if=none,id=d,format=raw,cache=writeback"
        -device "virtio-blk-pci,drive=d"
    )
    options+=("disk=$data_disk")
fi

if [[ -n $system ]]; then
    # The image is a copy that one run uses: nobody needs it after a crash of this machine.
    machine+=(
        -drive "file=$(qemu_path "$(realpath "$system")"),if=none,id=d,format=raw,cache=unsafe,discard=unmap"
        -device "virtio-blk-pci,drive=d"
    )
    options+=("system=1" systemd.show_status=0)
    # Units of Debian that only cost the emulated processor time.
    for unit in e2scrub_reap getty-static serial-getty@ttyS0 modprobe@{dm_mod,fuse,loop,efi_pstore,drm}; do
        options+=("systemd.mask=$unit.service")
    done
    boot_seconds=$system_boot_seconds
fi

qemu='' clock='' booting=''
# shellcheck disable=SC2317
finish() {
    local child
    for child in $qemu $clock $booting; do
        kill -KILL "$child" 2>/dev/null || true
        wait "$child" 2>/dev/null || true
    done
    rm -f "$work/qemu.pid"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Should this script be killed outright, the guest goes too.
setpriv --pdeathsig KILL "$emulator" "${machine[@]}" -append "${options[*]}" \
    </dev/null >"$work/qemu.log" 2>&1 &
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
        echo "bench: the guest did not come to its script in $boot_seconds s: $work/console.log" >&2
        exit "$not_booted"
    fi
    wait -n -p ended "$qemu" "$clock" || true
fi
if [[ $ended == "$clock" ]]; then
    clock=''
    die "the guest did not finish in $timeout s: $work/console.log"
fi
qemu=''
if [[ ! -e $work/started ]]; then
    tail -n 20 "$work/qemu.log" "$work/console.log" >&2 || true
    exit "$not_booted"
fi
status=$(cat "$work/status" 2>/dev/null || true)
if [[ ! $status =~ ^[0-9]+$ ]]; then
    tail -n 20 "$work/qemu.log" "$work/console.log" >&2 || true
    die "the guest left no status"
fi
exit "$status"
