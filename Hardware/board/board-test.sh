#!/bin/bash
# Proves on the virtual board what a station's board has to do. It takes hours and needs root.
# board-test.sh [--cuts N] [--idle MINUTES] [--parcels N] [--work DIR] [--programs DIR --runtime DIR] [--new FILE.deb --old FILE.deb]
#   [--image FILE] [STAGE...]
#   build     programs and packages for arm64, twice from the same sources, compared byte by byte; one of a lower number; the image
#   start     a freshly flashed card: what its first start does, how long it takes, who can log in
#   hil       the hardware tests of make hil, on the board
#   watchdog  an engine that is stuck, a card that is slow, a kernel that hangs
#   upgrade   packages replaced under random power cuts
#   figures   memory, and bytes written to the card
# What is not built here is named by options. One line a check, then a table; the last line adds the checks up.
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin
umask 022

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tree=$(cd "$here/../.." && pwd)
home=~
cache=${VILLAGELOCKER_CACHE:-${XDG_CACHE_HOME:-$home/.cache}/villagelocker}/board
version=$(sed -n 's/^#define VILLAGELOCKER_VERSION "\(.*\)"$/\1/p' "$tree/Sources/CVersion/include/cversion.h")
# The version before this one, as far as packages are concerned.
old_version=0.1.99
# The aims: written to the card in a day, and how long a start takes.
day_mib_max=30 idle_mib_max=2 ready_seconds_max=3 after_kernel_seconds_max=20
# What a cheap card of 8 GB stands: each of its cells written this many times, of which small writes waste this share.
card_gib=8 card_cycles=1000 card_waste=10

say() { echo "board-test: $*" >&2; }
die() { say "$*"; exit 2; }
usage() { sed -n '3,11s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2; }

cuts=20 idle=10 parcels=300 work='' programs='' runtime='' new='' old='' image='' stages=()
while [[ $# -gt 0 ]]; do
    case $1 in
        --cuts | --idle | --parcels | --work | --programs | --runtime | --new | --old | --image)
            [[ $# -ge 2 ]] || usage
            printf -v "${1#--}" %s "$2"
            shift 2
            ;;
        build | start | hil | watchdog | upgrade | figures) stages+=("$1"); shift ;;
        *) usage ;;
    esac
done
[[ ${#stages[@]} -gt 0 ]] || stages=(build start hil watchdog upgrade figures)
[[ $(id -u) -eq 0 ]] || die "it needs root, because it makes a card's file systems; run it with sudo"
if [[ $(dpkg --print-architecture) != amd64 ]]; then
    echo "ok 1 - the virtual board # SKIP it needs amd64"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
fi
keeps_work=yes
if [[ -z $work ]]; then
    # Not in a temporary folder: a card is four gigabytes, though most of it a hole.
    mkdir -p "$cache"
    work=$(mktemp -d "$cache/test.XXXXXX")
    keeps_work=''
fi
mkdir -p "$work"
work=$(realpath "$work")
board_pid='' county_pid=''
# shellcheck disable=SC2317
finish() {
    [[ -z $board_pid ]] || kill "$board_pid" 2>/dev/null || true
    [[ ! -e $work/upgrade/qemu.pid ]] || kill -KILL "$(<"$work/upgrade/qemu.pid")" 2>/dev/null || true
    [[ -z $county_pid ]] || kill "$county_pid" 2>/dev/null || true
    if [[ -n $keeps_work ]]; then rm -f "$work"/*/card; else rm -rf "$work"; fi
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

passed=0 failed=0 skipped=0 rows=()
# note LINE...: counts and numbers lines "ok - …" and "not ok - …".
note() {
    local line
    for line; do
        case $line in
            'ok - '*'# SKIP'*) skipped=$((skipped + 1)) ;;
            'ok - '*) passed=$((passed + 1)) ;;
            'not ok - '*) failed=$((failed + 1)) ;;
            *) continue ;;
        esac
        echo "${line/ok - /ok $((passed + failed + skipped)) - }"
    done
}
row() { rows+=("$1|$2"); }

# take FILE [FIRST]: the lines of a stage on the board, from number FIRST on.
take() {
    local line
    while read -r line; do note "$line"; done < <(tail -n "+${2:-1}" "$1" 2>/dev/null)
}

stage_build() {
    local first second differing host=$tree/.build/release
    [[ -x $host/lockerd ]] || die "$host/lockerd is missing: make build"
    first=$("$tree/Hardware/arm64/build.sh" | tail -n 1)
    packages "$first" "$work/debs"
    new=$work/debs/villagelocker-station_${version}_arm64.deb
    # Once more from nothing, at the same path.
    rm -rf "$first" "${cache%/board}"/arm64/build-*
    second=$("$tree/Hardware/arm64/build.sh" | tail -n 1)
    packages "$second" "$work/debs.again"
    differing=$(cd "$work/debs" && for deb in *.deb; do cmp -s "$deb" "../debs.again/$deb" || echo "$deb"; done)
    if [[ -z $differing ]]; then
        note "ok - two builds of $version give the same bytes: $(cd "$work/debs" && echo *.deb)"
    else
        note "not ok - two builds differ: $differing"
    fi
    cp -r "$second" "$work/built"
    programs=$work/built/programs runtime=$work/built/runtime
    LOCKER_VERSION=$old_version packages "$(LOCKER_VERSION=$old_version "$tree/Hardware/arm64/build.sh" | tail -n 1)" "$work/debs.old"
    old=$work/debs.old/villagelocker-station_${old_version}_arm64.deb
    image=$work/card.img
    "$here/image.sh" --arch arm64 --deb "$new" --out "$image" >/dev/null
    note "ok - packages of $old_version and $version and an image are built"
    row "package villagelocker-station" "$(du -k "$new" | cut -f1) KiB"
    row "card image, written part" "$(du -m "$image" | cut -f1) MiB"
}

# packages BUILT OUT
packages() {
    mkdir -p "$2"
    "$tree/systemd/packaging/deb.sh" --arch arm64 --programs "$1/programs" --runtime "$1/runtime" --out "$2" >"$2/log" 2>&1 ||
        { tail -n 20 "$2/log" >&2; die "no packages of $1"; }
}

stage_start() {
    local folder=$work/start status=0
    rm -rf "$folder"
    mkdir -p "$folder"
    ssh-keygen -q -t ed25519 -N '' -f "$folder/key"
    cp "$folder/key.pub" "$folder/authorized_keys"
    od -An -N8 -tx1 /dev/urandom | tr -d ' ' >"$folder/tech-password.txt"
    "$here/board.sh" --image "$image" --work "$folder" --ssh 0 --boot "$folder/authorized_keys" --boot "$folder/tech-password.txt" \
        --timeout 900 --test "$here/guest/start.sh" -- keys password >"$folder/board.log" 2>&1 9>&- || status=$?
    take "$folder/results"
    # 1: a check failed, which is counted already.
    ((status <= 1)) || ended start "$status"
    row "first start of a card" "$(sed -n 's/^# Startup finished in //p' "$folder/output" 2>/dev/null)"
}

stage_hil() {
    local line
    [[ -n $programs ]] || die "name --programs, or the stage build before hil"
    while read -r line; do
        note "$(sed -E 's/^(not )?ok [0-9]+ - /\1ok - /' <<<"$line")"
    done < <("$here/../bench/hil.sh" --arch arm64 --programs "$programs" ${runtime:+--runtime "$runtime"} "$work/hil" 2>"$work/hil.log" |
        tee "$work/hil.lines")
    row "hardware tests, libgpiod 2, arm64" "$(tail -n 1 "$work/hil.lines")"
}

# board FOLDER TIMEOUT SCRIPT [ARGUMENT...]: one run of the card of this stage; returns board.sh's status.
board() {
    local folder=$work/$1 timeout=$2 script=$3 status=0
    shift 3
    mkdir -p "$folder"
    "$here/board.sh" --image "$image" --card "$folder/card" --work "$folder" --ssh 0 \
        --test "$here/guest/$script" --timeout "$timeout" -- "$@" >"$folder/board.log" 2>&1 9>&- &
    board_pid=$!
    wait "$board_pid" || status=$?
    board_pid=''
    return "$status"
}

# How a run of the board ended, where it is not known by its lines.
ended() { # NAME STATUS
    [[ $2 == 0 ]] || { note "not ok - $1 ends with status $2"; tail -n 8 "$work/$1"/{board.log,output,console.log} >&2 || true; }
}

stage_watchdog() {
    local status=0
    rm -rf "$work/watchdog"
    board watchdog 900 watchdog.sh || status=$?
    take "$work/watchdog/results"
    ended watchdog "$status"
    row "engine stuck until a new lockerd starts" "$(sed -n 's/.*a new lockerd started \([0-9.]* s\) later.*/\1/p' "$work/watchdog/results")"
    row "kernel hung until it starts again" "$(sed -n 's/.*started again \([0-9]* s\) after.*/\1/p' "$work/watchdog/results")"
}

# cut SECONDS: one boot whose power is cut that long after its upgrade began.
cut() {
    local folder=$work/upgrade mode=$1 number=$2 delay=$3 end
    rm -f "$folder"/{upgrading,upgraded,results,status}
    board upgrade 900 upgrade.sh "$mode" "$number" new.deb old.deb &
    local running=$!
    end=$((SECONDS + 800))
    while [[ ! -e $folder/upgrading ]] && ((SECONDS < end)) && kill -0 "$running" 2>/dev/null; do sleep 0.1; done
    if [[ -e $folder/upgrading ]]; then
        sleep "$delay"
        kill -KILL "$(<"$folder/qemu.pid")" 2>/dev/null || true
    fi
    wait "$running" || true
    [[ ! -e $folder/upgraded ]] || late=$((late + 1))
}

stage_upgrade() {
    local folder=$work/upgrade status=0 number delay seconds late=0 before
    rm -rf "$folder"
    mkdir -p "$folder"
    cp "$new" "$folder/new.deb"
    cp "$old" "$folder/old.deb"
    board upgrade 900 upgrade.sh FIRST 0 old.deb new.deb || status=$?
    take "$folder/results"
    ended upgrade "$status"
    [[ -e $folder/upgrade.seconds ]] || return 0
    seconds=$(<"$folder/upgrade.seconds")
    before=$failed
    for ((number = 1; number <= cuts; number++)); do
        # A moment of the upgrade, to a tenth of a second.
        delay=$(awk -v r="$RANDOM" -v s="$seconds" 'BEGIN { printf "%.1f", r / 32767 * s }')
        cut NEXT "$((number - 1))" "$delay"
        echo "# power cut $number: $delay s after the upgrade began"
        take "$folder/results"
    done
    rm -f "$folder"/{results,status}
    status=0
    board upgrade 900 upgrade.sh LAST "$cuts" new.deb old.deb || status=$?
    take "$folder/results"
    ended upgrade "$status"
    row "power cuts in an upgrade of $seconds s" "$cuts, of which $late came after its end; $((failed - before)) checks failed"
}

figure() { awk -v name="$1" '$1 == name { print $2 }' "$work/figures/figures" 2>/dev/null; }
mib() { awk -v k="$(figure "$1")" 'BEGIN { printf "%.1f", k / 1024 }'; }
# at_most NAME VALUE MAX UNIT
at_most() {
    if [[ -n $2 ]] && awk -v a="$2" -v b="$3" 'BEGIN { exit !(a <= b) }'; then
        note "ok - $1: $2 $4, aim $3"
    else
        note "not ok - $1: ${2:-nothing} $4, aim $3"
    fi
}

stage_figures() {
    local status=0 name day idle_mib
    [[ -n $programs ]] || die "name --programs, or the stage build before figures"
    rm -rf "$work/figures"
    mkdir -p "$work/figures/programs"
    cp "$programs/county-server" "$work/figures/programs/"
    find "$programs" ${runtime:+"$runtime"} -maxdepth 1 -name '*.so*' -exec cp -t "$work/figures/programs" {} +
    board figures $((idle * 60 + parcels * 10 + 900)) figures.sh "$idle" "$parcels" || status=$?
    take "$work/figures/results"
    ended figures "$status"
    [[ -e $work/figures/figures ]] || return 0
    for name in lockerd_idle lockerd county-server lockerctl; do
        row "memory of $name, resident and anonymous" "$(mib "$name.resident_kib") and $(mib "$name.anonymous_kib") MiB"
    done
    idle_mib=$(awk -v a="$(figure idle.system_kib_a_day)" -v b="$(figure idle.journal_kib_a_day)" 'BEGIN { printf "%.1f", (a + b) / 1024 }')
    at_most "written to the card in an idle day" "$idle_mib" "$idle_mib_max" MiB
    row "written in an idle day: system and journal" "$(mib idle.system_kib_a_day) and $(mib idle.journal_kib_a_day) MiB"
    if [[ -n $(figure day.journal_kib) ]]; then
        day=$(awk -v a="$(figure day.system_kib)" -v b="$(figure day.journal_kib)" 'BEGIN { printf "%.1f", (a + b) / 1024 }')
        at_most "written to the card on a day of $parcels parcels" "$day" "$day_mib_max" MiB
        row "written on a day of $parcels parcels: system and journal" "$(mib day.system_kib) and $(mib day.journal_kib) MiB"
        row "a card of $card_gib GiB, $card_cycles cycles, every write costing $card_waste" \
            "$(awk -v d="$day" -v g="$card_gib" -v c="$card_cycles" -v w="$card_waste" 'BEGIN { printf "%.0f years", g * 1024 * c / w / d / 365 }')"
    fi
    [[ -z $(figure backup.kib_a_day) ]] || row "written in a day by the hourly backup" "$(mib backup.kib_a_day) MiB"
    at_most "lockerd ready after systemd starts it" "$(figure ready.after_start_seconds)" "$ready_seconds_max" s
    at_most "lockerd ready after the kernel started" "$(figure ready.after_kernel_seconds)" "$after_kernel_seconds_max" s
}

release=$(<"$("$here/../bench/prepare.sh" --arch arm64)/release")
for stage in "${stages[@]}"; do
    case $stage in
        start | watchdog | figures) [[ -n $image ]] || die "name --image, or the stage build before $stage" ;;
        upgrade) [[ -n $image && -n $new && -n $old ]] || die "name --image, --new and --old, or the stage build before upgrade" ;;
    esac
    echo "# $stage"
    "stage_$stage"
done

echo
echo "board: qemu -M virt, Cortex-A72 emulated, 2 processors, 1 GiB; Debian 13 with the kernel of Debian 12 ($release);"
echo "gpio-sim built for it, i6300esb and usb gadgets as Debian ships them; $version, $(date -u +%F)"
for line in ${rows[@]+"${rows[@]}"}; do printf '%-64s %s\n' "${line%%|*}" "${line#*|}"; done
echo "$passed passed, $failed failed, $skipped skipped"
[[ $failed == 0 ]]
