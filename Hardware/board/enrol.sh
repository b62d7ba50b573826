# shellcheck shell=bash
# The stage enrol of board-test.sh: cards, boards, their county and what a technician does with them. The county is the program
# that make build made, on loopback.
# shellcheck disable=SC2154  # board-test.sh sets what is used here

station=yc-board-0001
county_program=$tree/.build/release/county-server
folder=$work/enrol county_port=''
# Board A's card, that of B which takes A's place, C's which is a copy of B's, and one for the cables; board-test.sh removes
# them.
first_card=$folder/card new_card=$work/enrol.new/card twin_card=$work/enrol.twin/card cable_card=$work/enrol.cable/card
# As one is bought, and as the boards' page prefers one.
fat_stick=$folder/stick.fat ext4_stick=$folder/stick.ext4
# As image.sh puts the boot partition on a card.
boot_partition=@@16M
stick_mib=256 stick_first_sector=2048

county() { "$county_program" "$@" --root "$folder/county"; }

# confirm SENTENCE COMMAND...: a check on this machine; what the command prints are its figures.
confirm() {
    local name=$1 said status=0
    shift
    # In front of `||` bash would take `set -e` from the command's lines.
    "$@" >"$folder/said.now" 2>&1 &
    wait "$!" || status=$?
    said=$(tail -n 6 "$folder/said.now" | tr -s '\n ' ' ' | sed 's/^ //; s/ $//')
    if [[ $status == 0 ]]; then note "ok - $name${said:+: $said}"; else note "not ok - $name: ${said:-status $status}"; fi
}

listens() { ss -Hltn "sport = :$county_port" | grep -q .; }

make_county() {
    county_port=$((20000 + RANDOM))
    while listens; do county_port=$((20000 + RANDOM)); done
    mkdir -p "$folder/county/etc/county-server"
    printf 'port = %s\nname = "Board"\npublic_url = "http://10.0.2.2:%s"\n' "$county_port" "$county_port" \
        >"$folder/county/etc/county-server/county.toml"
}
start_county() {
    "$county_program" serve --root "$folder/county" </dev/null >"$folder/county.log" 2>&1 9>&- &
    county_pid=$!
    local tries
    for ((tries = 0; tries < 300; tries++)); do
        if listens; then return; fi
        sleep 0.1
    done
    tail -n 5 "$folder/county.log" >&2
    die "the county does not start"
}
stop_county() {
    kill "$county_pid" 2>/dev/null || true
    wait "$county_pid" || true
    county_pid=''
}

# switch_on CARD MODE NAME [BOARD OPTION...]: the board starts with that card; it is left running.
switch_on() {
    local card=$1 mode=$2 name=$3
    shift 3
    rm -f "$folder"/{results,asks,pull,plug}
    mkdir -p "$(dirname "$card")"
    "$here/board.sh" --image "$image" --card "$card" --work "$folder" --ssh 0 "$@" --timeout 1800 \
        --test "$here/guest/enrol.sh" -- "$station" "$mode" "$name" >"$folder/board.log" 2>&1 9>&- &
    board_pid=$!
}
# switched_off NAME: waits for its end and takes its checks.
switched_off() {
    local status=0
    wait "$board_pid" || status=$?
    board_pid=''
    cp "$folder/console.log" "$folder/console.$1.log" 2>/dev/null || true
    cp "$folder/output" "$folder/output.$1" 2>/dev/null || true
    take "$folder/results"
    ended enrol "$status"
}
# when_asked FILE COMMAND...: does it as soon as the board has made the file.
when_asked() {
    local file=$folder/$1
    shift
    while [[ ! -e $file ]]; do
        kill -0 "$board_pid" 2>/dev/null || return 0
        sleep 0.2
    done
    "$@"
}

# on_card CARD COMMAND ARGUMENT...: mtools at the card's boot partition.
on_card() {
    local card=$1 command=$2
    shift 2
    "$command" -i "$card$boot_partition" "$@"
}

# enrolment_file FILE VILLAGE: as an editor on Windows writes it.
enrolment_file() {
    {
        printf '\357\273\277# 北留村\r\ntoken = "%s"\r\n' "$(county enrol-token "$station")"
        printf 'county = "http://10.0.2.2:%s"\r\nboard = "bench-12"\r\nvillage = "%s"\r\n' "$county_port" "$2"
    } >"$1"
}

answer_says() {
    local answer=$folder/enrol.txt
    on_card "$1" mcopy -n ::/enrol.txt "$answer" || { echo "there is no enrol.txt"; return 1; }
    [[ $(head -c 3 "$answer" | od -An -tx1 | tr -d ' \n') == efbbbf ]] || { echo "it has no mark for Windows"; return 1; }
    grep -q '没有生效' "$answer" || { cat "$answer"; return 1; }
    grep -q 'Correct enrol.toml on a laptop' "$answer" || { cat "$answer"; return 1; }
    grep -m 1 'enrol.toml:5: village' "$answer" | tr -d '\r' || { cat "$answer"; return 1; }
}
file_is_kept() { on_card "$1" mtype ::/enrol.toml | cmp - "$folder/wrong/enrol.toml"; }

# has_all NAME: each line of the station's journal, byte for byte, in the county's books or beside them.
has_all() {
    local lines=$folder/events.$1 missing
    county events --station "$station" --json >"$folder/books"
    county events --station "$station" --json --branches >"$folder/beside"
    missing=$(sort -u "$folder/books" "$folder/beside" | comm -13 - <(sort -u "$lines") | wc -l)
    [[ $missing == 0 ]] || { echo "$missing of $(wc -l <"$lines") are not there"; return 1; }
    echo "all $(wc -l <"$lines"), of which $(sort "$folder/beside" | comm -12 - <(sort "$lines") | wc -l) stand beside the chain"
}
books_have() { county events --station "$station" --json | grep -F -- "$1" >/dev/null; }
chain_holds() { county verify --station "$station"; }
county_says() {
    county stations >"$folder/stations"
    grep -m 1 -- "$1" "$folder/stations" | tr -s ' '
}
county_says_not() {
    county stations >"$folder/stations" || return 1
    ! grep -- "$1" "$folder/stations"
}

# Part 1: the enrolment file.
first_start() {
    local card=$first_card
    mkdir -p "$folder"/{wrong,right}
    enrolment_file "$folder/wrong/enrol.toml" 14052210220
    switch_on "$card" refused '' --boot "$folder/wrong/enrol.toml"
    switched_off refused
    confirm "the laptop finds enrol.txt beside the file, in both languages" answer_says "$card"
    confirm "and its file as it was" file_is_kept "$card"
    # The same token: it was not used up.
    sed 's/14052210220"/140522102206"/' "$folder/wrong/enrol.toml" >"$folder/right/enrol.toml"
    switch_on "$card" enrols A-0 --boot "$folder/right/enrol.toml"
    when_asked asks start_county
    switched_off enrols
    [[ -n $county_pid ]] || start_county
    confirm "the county has the scan" books_have ENROL-FIRST
    confirm "the county has every event of the station" has_all A-0
    confirm "county-server verify" chain_holds
    confirm "county-server stations lists it" county_says "^$station"
}

# Part 2: backups on a stick, and a new board from it.
make_sticks() {
    rm -f "$fat_stick" "$ext4_stick"
    truncate -s "${stick_mib}M" "$fat_stick" "$ext4_stick"
    sfdisk -q "$fat_stick" <<<"start=${stick_first_sector}, type=c"
    mkfs.vfat -F 32 -n LOCKERBACK --offset "$stick_first_sector" "$fat_stick" $((stick_mib * 1024 - stick_first_sector / 2)) >/dev/null
    mke2fs -q -t ext4 -L LOCKERBACKUP "$ext4_stick"
}
announce() {
    printf 'waybill,brand,operator,phone,size\nYT8962646785301,YTO,Board Express,13834561201,S\nYT8962646785302,YTO,Board Express,13834561202,S\n' \
        >"$folder/manifest.csv"
    county manifest load "$folder/manifest.csv" --station "$station" >/dev/null
    county badge --station "$station" --person 1001 --role courier --pin 246810 --json |
        sed -n 's/.*"barcode" *: *"\([0-9]*\)".*/\1/p' >"$folder/badge"
}
pull_fat() { "$here/qmp.py" "$folder/qmp" device_del id=stick1 >/dev/null; }
plug_ext4() { "$here/qmp.py" "$folder/qmp" device_add driver=usb-storage id=stick2 drive=stick2 >/dev/null; }
# As a laptop or another board finds it: pulled without a word, so that FAT calls itself dirty; the backup must be there.
fat_is_whole() {
    local partition=@@$((stick_first_sector * 512)) root=$folder/pulled
    rm -rf "$root"
    mkdir -p "$root"/{etc/lockerd,usr/share/villagelocker,stick}
    cp -r "$tree/Hardware/boards" "$root/usr/share/villagelocker/"
    printf '[station]\nid = "%s"\n[county]\nurl = "http://127.0.0.1:1"\n[board]\ndriver = "simulated"\nprofile = "simulated-12"\n' \
        "$station" >"$root/etc/lockerd/station.toml"
    mcopy -n -s -i "$fat_stick$partition" "::/$station" "$root/stick/"
    "${county_program%/*}/lockerctl" --root "$root" restore "$root/stick/$station" | tail -n 3
}

new_board() {
    make_sticks
    announce
    switch_on "$first_card" backup A-1 --stick "$fat_stick" --stick "$ext4_stick"
    when_asked pull pull_fat
    when_asked plug plug_ext4
    switched_off backup
    confirm "the county has every event of it" has_all A-1
    confirm "the backup on the FAT stick is whole as it was when the stick was pulled" fat_is_whole
    county enrol-token "$station" >"$folder/token"
    switch_on "$new_card" restored B-0 --stick "$ext4_stick"
    switched_off restored
    confirm "the county has every event of the new board" has_all B-0
    confirm "county-server verify" chain_holds
    confirm "the ext4 stick is whole" e2fsck -fn "$ext4_stick"
}

# Part 3: two boards from one card, in turn, as a technician who clones cards has them.
two_boards() {
    local number=0 name card said='' both=''
    mkdir -p "$(dirname "$twin_card")"
    cp --sparse=always "$new_card" "$twin_card"
    for name in B-1 C-1 B-2 C-2 B-3 C-3 B-4 C-4; do
        number=$((number + 1))
        card=$new_card
        [[ $name != C-* ]] || card=$twin_card
        switch_on "$card" twin "$name"
        switched_off "$name"
        confirm "the county has every event of board ${name%-*}" has_all "$name"
        if [[ -z $said ]] && county_says 'two boards use this identity' >"$folder/said"; then
            said=$number
            note "ok - after $number starts the county says: $(cat "$folder/said")"
        fi
        if grep -q 'two boards' "$folder/uplink.$name"; then
            both=$number
            break
        fi
    done
    [[ -n $said ]] || note "not ok - after $number starts the county says nothing of two boards"
    if [[ -n $both ]]; then
        note "ok - after $number starts the station says: $(grep -m 1 'two boards' "$folder/uplink.$name" | tr -s ' ')"
    else
        note "not ok - after $number starts no station says anything of two boards"
    fi
    confirm "the county shows that the chain forked" county_says 'chain forked'
    row "two boards from one card: starts until county and station say so" "${said:-never} and ${both:-never}"
    mkdir -p "$folder/anew"
    printf 'token = "%s"\n' "$(county enrol-token "$station")" >"$folder/anew/enrol.toml"
    switch_on "$new_card" anew B-9 --boot "$folder/anew/enrol.toml"
    switched_off anew
    confirm "the county has every event of it" has_all B-9
    confirm "and says no longer that there are two" county_says_not 'two boards use this identity'
    confirm "county-server verify" chain_holds
}

# Part 4: the technician's cables.
cables() {
    local status=0
    if [[ ! -c /dev/net/tun ]]; then
        note "ok - a laptop on the board's cables # SKIP this machine has no /dev/net/tun"
        return
    fi
    mkdir -p "$(dirname "$cable_card")"
    # A network of its own, in which there are the laptop and the board.
    unshare --net "$here/cable.sh" "$image" "$cable_card" "$folder" "$station" >"$folder/cable.lines" 2>"$folder/cable.log" 9>&- &
    board_pid=$!
    wait "$board_pid" || status=$?
    board_pid=''
    cp "$folder/console.log" "$folder/console.cable.log" 2>/dev/null || true
    take "$folder/cable.lines"
    [[ $status == 0 ]] || { note "not ok - the cables end with status $status"; tail -n 8 "$folder/cable.log" >&2; }
}
