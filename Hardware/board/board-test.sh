#!/bin/bash
# Proves on the virtual board what a station's board has to do. It takes hours and needs root.
# board-test.sh [--cuts N] [--settle MINUTES] [--idle MINUTES] [--parcels N] [--work DIR] [--programs DIR --runtime DIR] [--new FILE.deb --old FILE.deb]
#   [--image FILE] [STAGE...]
#   build     programs and packages for arm64, those of a lower number, and the image
#   start     a freshly flashed card: what its first start does, how long it takes, who can log in
#   hil       the hardware tests of make hil, on the board
#   watchdog  an engine that is stuck, a card that is slow, a kernel that hangs
#   upgrade   packages replaced under random power cuts
#   figures   memory, and bytes written to the card: while nothing happens for a while, and by N parcels of the 300 of a day
#   enrol     enrolment by the card's file, backups on a stick and a new board from one, two boards from one card, the console
#             and a laptop on the cable; the county is the one that make build made
#   again     the programs and packages once more from nothing, compared byte by byte
#   table     nothing new: the table of what --work DIR keeps
# What is not built here is named by options. One line a check, then a table of every stage that DIR has results of, each with
# the package that it ran and its day; the last line adds their checks up.
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
# The aims: written to the card in a day. How long a start takes is the stage start's.
day_mib_max=30 idle_mib_max=2
# What a cheap card of 8 GB stands: each of its cells written this many times, of which small writes waste this share.
card_gib=8 card_cycles=1000 card_waste=10

say() { echo "board-test: $*" >&2; }
die() { say "$*"; exit 2; }
usage() { sed -n '3,16s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2; }

cuts=20 settle=16 idle=30 parcels=60 work='' programs='' runtime='' new='' old='' image='' stages=()
while [[ $# -gt 0 ]]; do
    case $1 in
        --cuts | --settle | --idle | --parcels | --work | --programs | --runtime | --new | --old | --image)
            [[ $# -ge 2 ]] || usage
            printf -v "${1#--}" %s "$2"
            shift 2
            ;;
        build | start | hil | watchdog | upgrade | figures | enrol | again | table) stages+=("$1"); shift ;;
        *) usage ;;
    esac
done
every_stage=(build start hil watchdog upgrade figures enrol again)
[[ ${#stages[@]} -gt 0 ]] || stages=("${every_stage[@]}")
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
# What the stage build of an earlier run left there.
[[ -n $image || ! -e $work/card.img ]] || image=$work/card.img
[[ -n $new || ! -e $work/debs ]] || new=$work/debs/villagelocker-station_${version}_arm64.deb
[[ -n $old || ! -e $work/debs.old ]] || old=$work/debs.old/villagelocker-station_${old_version}_arm64.deb
[[ -n $programs || ! -e $work/built ]] || { programs=$work/built/programs runtime=$work/built/runtime; }
board_pid='' county_pid=''
# shellcheck disable=SC2317
finish() {
    local stage
    [[ -z $board_pid ]] || kill "$board_pid" 2>/dev/null || true
    [[ -z $county_pid ]] || kill "$county_pid" 2>/dev/null || true
    # Another run may be at another stage in the same folder.
    for stage in "${stages[@]}"; do
        [[ ! -e $work/$stage/qemu.pid ]] || kill -KILL "$(<"$work/$stage/qemu.pid")" 2>/dev/null || true
        rm -f "$work/$stage"{,.*}/card
    done
    [[ -n $keeps_work ]] || rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Of the stage that runs.
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
    local built
    [[ -x $tree/.build/release/lockerd ]] || die "$tree/.build/release/lockerd is missing: make build"
    rm -rf "$work"/{debs,debs.old,built}
    built=$("$tree/Hardware/arm64/build.sh" | tail -n 1)
    packages "$built" "$work/debs"
    new=$work/debs/villagelocker-station_${version}_arm64.deb
    cp -r "$built" "$work/built"
    programs=$work/built/programs runtime=$work/built/runtime
    built=$(LOCKER_VERSION=$old_version "$tree/Hardware/arm64/build.sh" | tail -n 1)
    LOCKER_VERSION=$old_version packages "$built" "$work/debs.old"
    old=$work/debs.old/villagelocker-station_${old_version}_arm64.deb
    image=$work/card.img
    "$here/image.sh" --arch arm64 --deb "$new" --out "$image" >/dev/null
    note "ok - packages of $old_version and $version and an image are built"
    row "package villagelocker-station" "$(du -k "$new" | cut -f1) KiB"
    row "card image, written part" "$(du -m "$image" | cut -f1) MiB"
}

# members DEB OTHER: names of the files that differ, and of those that one alone has.
members() {
    local folder
    folder=$(mktemp -d)
    dpkg-deb -R "$1" "$folder/a" && dpkg-deb -R "$2" "$folder/b"
    diff -rq --no-dereference "$folder/a" "$folder/b" | sed "s|$folder/[ab]||g" | head -n 20 || true
    rm -rf "$folder"
}

# The same sources once more, from nothing, at the same path: they give the same packages.
stage_again() {
    local deb differing=''
    rm -rf "$work/debs.again" "${cache%/board}"/arm64/build-*
    packages "$("$tree/Hardware/arm64/build.sh" | tail -n 1)" "$work/debs.again"
    for deb in "$work"/debs.again/*.deb; do
        cmp -s "$deb" "$work/debs/${deb##*/}" || differing+=" ${deb##*/} ($(members "$deb" "$work/debs/${deb##*/}" | paste -sd';'))"
    done
    if [[ -z $differing ]]; then
        note "ok - a second build from nothing gives the same bytes: $(cd "$work/debs.again" && echo *.deb)"
    else
        note "not ok - a second build from nothing differs in$differing"
    fi
}

# packages BUILT OUT
packages() {
    mkdir -p "$2"
    "$tree/systemd/packaging/deb.sh" --lint --arch arm64 --programs "$1/programs" --runtime "$1/runtime" --out "$2" >"$2/log" 2>&1 ||
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
    row "lockerd ready after systemd starts it, after the kernel hands over" "$(
        sed -nE 's/.*lockerd is ready ([0-9]+) ms.*/\1 ms/p; s/.*and ([0-9]+) ms after the kernel.*/and \1 ms/p' "$folder/results" 2>/dev/null | paste -sd' ')"
    row "calibration: 200,000 turns of a loop of bash" "$(sed -n 's/^# 200,000 turns of a loop of bash: //p' "$folder/output" 2>/dev/null)"
    row "first start of a card" "$(sed -n 's/^# Startup finished in //p' "$folder/output" 2>/dev/null)"
}

stage_hil() {
    [[ -n $programs ]] || die "name --programs, or the stage build before hil"
    hardware "libgpiod 2, arm64" arm64 --arch arm64 --programs "$programs" ${runtime:+--runtime "$runtime"}
    # The same tests and sources against the older library, which amd64's Debian 12 has.
    hardware "libgpiod 1, amd64" amd64 --programs "$tree/.build/release"
    local differing
    differing=$(diff <(hardware_checks arm64) <(hardware_checks amd64) | sed -n 's/^[<>] //p' | sort -u | paste -sd';' || true)
    row "hardware checks that one of both has and the other has not" "${differing:-none}"
}

# hardware NAME FOLDER OPTION...: one run of the hardware tests.
hardware() {
    local line name=$1 folder=$2
    shift 2
    while read -r line; do
        note "$(sed -E "s/^(not )?ok [0-9]+ - /\\1ok - $folder: /" <<<"$line")"
    done < <("$here/../bench/hil.sh" "$@" "$work/hil.$folder" 2>"$work/hil.$folder.log" | tee "$work/hil.$folder.lines")
    row "hardware tests, $name" "$(tail -n 1 "$work/hil.$folder.lines")"
}

# What a run checked, without the figures.
hardware_checks() { sed -nE 's/^(not )?ok [0-9]+ - ([^:#(]*).*/\2/p' "$work/hil.$1.lines" | sed 's/[0-9.]\+/N/g; s/ *$//' | sort -u; }

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
    # A script that must have had what failed ends with 1, and that is counted.
    if [[ $2 == 1 ]] && grep -q '^not ok' "$work/$1/results" 2>/dev/null; then return; fi
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

# cut_power MODE NUMBER SECONDS: one boot whose power is cut that long after its upgrade began.
cut_power() {
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
        cut_power NEXT "$((number - 1))" "$delay"
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
    board figures $(((settle + idle) * 60 + parcels * 30 + 1200)) figures.sh "$settle" "$idle" "$parcels" || status=$?
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
        at_most "written to the card on a day of 300 parcels, of which $parcels were played" "$day" "$day_mib_max" MiB
        row "written on a day of 300 parcels: system and journal" "$(mib day.system_kib) and $(mib day.journal_kib) MiB"
        row "a card of $card_gib GiB, $card_cycles cycles, every write costing $card_waste" \
            "$(awk -v d="$day" -v g="$card_gib" -v c="$card_cycles" -v w="$card_waste" 'BEGIN { printf "%.0f years", g * 1024 * c / w / d / 365 }')"
    fi
    [[ -z $(figure backup.kib_a_day) ]] || row "written in a day by the hourly backup" "$(mib backup.kib_a_day) MiB"
}

stage_enrol() {
    # shellcheck source=Hardware/board/enrol.sh
    source "$here/enrol.sh"
    [[ -x $county_program ]] || die "$county_program is missing: make build"
    rm -rf "$work"/enrol{,.twin,.new,.cable}
    mkdir -p "$folder"
    make_county
    first_start
    new_board
    two_boards
    stop_county
    cables
}

# keep STAGE: its result, for the table of a later run.
keep() {
    mkdir -p "$work/kept"
    {
        echo "$1: $passed passed, $failed failed, $skipped skipped|$(date -u '+%F %R'), $(tested)"
        printf '%s\n' ${rows[@]+"${rows[@]}"}
    } >"$work/kept/$1"
}

# The package of the image and of the upgrades, by the first digits of its SHA-256, else the programs.
tested() {
    if [[ -n $new ]]; then
        echo "package $(sha256sum <"$new" | cut -c1-12)"
    else
        echo "lockerd $(sha256sum <"${programs:-$tree/.build/release}/lockerd" | cut -c1-12)"
    fi
}

# table: of all that is kept; counts its checks.
table() {
    local stage line p f s
    passed=0 failed=0 skipped=0
    echo
    echo "board: qemu -M virt, Cortex-A72 emulated, 2 processors, 1 GiB; Debian 13 with the kernel of Debian 12 ($release);"
    echo "gpio-sim built for it, i6300esb and usb gadgets as Debian ships them; $version, $(date -u +%F)"
    for stage in "${every_stage[@]}"; do
        [[ -e $work/kept/$stage ]] || continue
        read -r p f s < <(sed -nE '1s/.*: ([0-9]+) passed, ([0-9]+) failed, ([0-9]+) skipped.*/\1 \2 \3/p' "$work/kept/$stage")
        passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
        while read -r line; do
            [[ -z $line ]] || printf '%-64s %s\n' "${line%%|*}" "${line#*|}"
        done < <(sed '2,$s/^/  /' "$work/kept/$stage")
    done
    echo "$passed passed, $failed failed, $skipped skipped"
}

release=$(<"$("$here/../bench/prepare.sh" --arch arm64)/release")
for stage in "${stages[@]}"; do
    case $stage in
        table) continue ;;
        start | watchdog | figures | enrol) [[ -n $image ]] || die "name --image, or the stage build before $stage" ;;
        build) command -v lintian >/dev/null || die "lintian is missing; type: sudo apt-get install lintian" ;;
        again) [[ -e $work/debs ]] || die "it compares with what the stage build left: name its --work" ;;
        upgrade) [[ -n $image && -n $new && -n $old ]] || die "name --image, --new and --old, or the stage build before upgrade" ;;
    esac
    echo "# $stage"
    passed=0 failed=0 skipped=0 rows=()
    "stage_$stage"
    keep "$stage"
done
table
[[ $failed == 0 ]]
