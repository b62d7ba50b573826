# shellcheck shell=bash
# The station's package: what refuses it, its first installation, what runs then.
# shellcheck disable=SC2154  # install.sh sets debs

refusals() {
    fails "a package of another architecture is refused" dpkg -i "$debs/arm64.deb"
    says "dpkg names both architectures" 'package architecture \(arm64\) does not match system \(amd64\)'
    fails "a package for a later Debian is refused" dpkg -i "$debs/later.deb"
    says "it names this Debian, its libc6 and what it needs" 'Debian GNU/Linux 12.*libc6 2\.36.*needs 9\.99'
    says "it says what to do, and that nothing was changed" 'nothing was changed'
    fails "apt refuses it as well" install_deb later
    says "by the library that this Debian is too old for" 'libc6 \(>= 9\.99\)'
    is "neither left a file" '' "$(find / -xdev -path '*villagelocker/station*' -not -path '/srv/*' -print -quit 2>/dev/null)"
    dpkg --purge villagelocker-station >/dev/null 2>&1 || true
}

first_install() {
    # Raspberry Pi OS has this group already.
    groupadd --system --gid 986 gpio
    groupadd --system lockerd-view
    check "apt installs the older package without a network" install_deb older || return 1
    says "it says that doors are simulated" 'SIMULATED'
    check "lockerd is active" systemctl is-active "$unit"
    check "lockerd is enabled" systemctl is-enabled "$unit"
    ready_in_time
    check "lockerctl status answers" lockerctl status
    says "it says that this is a simulation" '[Ss]imulat'
    check "the journal of systemd has lines of lockerd" journalctl -q -u "$unit" -o cat --no-pager
    says "they say that nothing real moves" 'nothing real moves'
    is "systemd waits for READY=1" notify "$(property Type)"
    is "the watchdog is armed" 30s "$(property WatchdogUSec)"
    is "it listens to the main process" main "$(property NotifyAccess)"
    check "systemctl status shows what it does" bash -c "systemctl show -p StatusText --value $unit | grep ."
    journal_fields
    # An older package may have let everybody read them; after the upgrade it is checked again.
    if grep -q ' 0640 ' /usr/lib/tmpfiles.d/lockerd.conf; then folders; fi
    is "groups that were there stay as they were" 986 "$(getent group gpio | cut -d: -f3)"
    is "lockerd is a member of gpio" yes "$(id -nG lockerd | grep -qw gpio && echo yes)"
    local page
    for page in lockerd locker-outputs-off lockerctl; do check "man finds $page" man -w "$page"; done
    check "bash completes lockerctl" bash -n /usr/share/bash-completion/completions/lockerctl
    check "zsh has a completion of lockerctl" grep -q compdef /usr/share/zsh/vendor-completions/_lockerctl
    check "dpkg finds every file as it was packed" dpkg --verify villagelocker-station
    is "dpkg has nothing to say of them" '' "$(<"$log")"
    check "the profile of simulated doors is installed" bash -c 'ls /usr/share/*/boards/simulated-12.toml'
    check "the example configuration is valid" runuser -u lockerd -- lockerd --check
}

# An emulated processor can stall: the best of three starts counts, and all are shown.
ready_in_time() {
    local limit=3000 took all='' start
    # shellcheck disable=SC2034
    for start in 1 2 3; do
        took=$(start_milliseconds "$unit")
        all+=" $took"
        if ((took <= limit)); then break; fi
        systemctl restart "$unit" || true
    done
    if ((took <= limit)); then ok "lockerd is ready within $limit ms after systemd starts it:$all"
    else not_ok "lockerd is ready within $limit ms after systemd starts it:$all"; fi
}

# Fields of journald's own protocol, beside the text.
journal_fields() {
    lockerctl scan BENCH-FIELDS >/dev/null 2>&1
    journalctl -q -u "$unit" -o json --no-pager _COMM=lockerd >"$log"
    local fields
    fields=$(grep '"_TRANSPORT":"journal"' "$log" | grep -oE '"[A-Z][A-Z_]*":' | tr -d '":' |
        grep -vE '^(MESSAGE|PRIORITY|SYSLOG_.*)$' | sort -u | paste -sd' ')
    if [[ -n $fields ]]; then ok "lockerd writes to journald with fields: $fields"
    else not_ok "lockerd writes to journald with fields"; fi
    if [[ -s $log ]]; then is "every line of lockerd has a priority" '' "$(grep -v '"PRIORITY"' "$log" | head -n 1)"
    else not_ok "journald has lines of lockerd"; fi
}

# owner WHAT MODE:OWNER:GROUP
folders() {
    local path wanted
    while read -r path wanted; do
        is "$path is $wanted" "$wanted" "$(stat -c %a:%U:%G "$path" 2>&1)"
    done <<'END'
/etc/lockerd 750:root:lockerd
/etc/lockerd/station.d 750:lockerd:lockerd
/etc/lockerd/station.toml 640:root:lockerd
/var/lib/lockerd 700:lockerd:lockerd
/run/lockerd 755:lockerd:lockerd
/var/backups/lockerd 700:lockerd:lockerd
END
}

# exposure UNIT LIMIT: as systemd-analyze judges it.
exposure() {
    local figure
    systemd-analyze security --no-pager "$1" >"$log" 2>&1
    figure=$(sed -n 's/.*Overall exposure level for [^:]*: \([0-9.]*\).*/\1/p' "$log")
    if [[ -n $figure ]] && awk "BEGIN { exit !($figure <= $2) }"; then
        ok "systemd-analyze security $1: $figure (at most $2)"
    else
        not_ok "systemd-analyze security $1: '$figure' (at most $2)"
        grep -E '✗' "$log" | head -n 30
    fi
}

sandbox() {
    exposure "$unit" 2.1
    local pid
    pid=$(main_pid)
    is "lockerd runs as its own user" lockerd "$(stat -c %U "/proc/$pid")"
    is "it has no capability" 0000000000000000 "$(sed -n 's/^CapEff:\t//p' "/proc/$pid/status")"
    check "it uses its own Swift runtime" grep -qE "$home/[0-9.]+/libswiftCore.so" "/proc/$pid/maps"
    is "no library comes from elsewhere than its folder and Debian's" '' \
        "$(sed -n 's/.* \(\/.*\.so[^ ]*\)$/\1/p' "/proc/$pid/maps" | sort -u | grep -vE "^(/usr)?/lib/x86_64-linux-gnu/|^$home/")"
    note "lockerd: $(awk '/^VmRSS|^RssAnon/ { printf "%s %s kB  ", $1, $2 }' "/proc/$pid/status")"
}

# as USER COMMAND...
as() { local user=$1; shift; runuser -u "$user" -- "$@"; }

roles() {
    useradd --system --groups lockerd-view viewer
    useradd --system --groups lockerd-tech technician
    check "a member of lockerd-view reads" as viewer lockerctl doors
    fails "but not the configuration, which may hold passwords" as viewer cat /etc/lockerd/station.toml
    fails "lockerd --check cannot read it either" as viewer lockerd --check
    says "and says what to type" 'type sudo'
    fails "and may not scan" as viewer lockerctl scan BENCH-VIEWER
    says "the refusal names the group" 'lockerd-(keeper|tech)'
    check "a member of lockerd-tech may" as technician lockerctl scan BENCH-TECHNICIAN
    fails "nobody is refused" as nobody lockerctl status
    says "the refusal names the group" 'lockerd-view'
}

restarts() {
    local pid killed gap
    pid=$(main_pid)
    killed=$(uptime_milliseconds)
    kill -KILL "$pid"
    # The next life forgets it: RestartSec is the time to see it in.
    waits 10 bash -c "systemctl show -p ExecStopPost $unit >$log; grep -q code=exited $log"
    # 2: simulated doors have no lines, so that there is no list of them.
    says "killed by SIGKILL, locker-outputs-off runs before the next life" 'locker-outputs-off.*code=exited ; status=[02]'
    if waits 20 bash -c "[[ \$(systemctl show -p NRestarts --value $unit) -gt 0 ]] && systemctl is-active --quiet $unit"; then
        ok "lockerd is started again"
    else
        not_ok "lockerd is started again"
        systemctl status --no-pager "$unit" | tail -n 20
        return 1
    fi
    gap=$(($(property ExecMainStartTimestampMonotonic) / 1000 - killed))
    if ((gap >= 1900 && gap <= 5000)); then ok "after its RestartSec of 2 s: $gap ms"
    else not_ok "after its RestartSec of 2 s: $gap ms"; fi
    check "it answers again" waits 20 answers
}

# What a technician may find on a board that somebody else has set up.
bad_machine() {
    groupdel gpio
    fails "without the group gpio lockerd does not start" systemctl restart "$unit"
    printf '[board]\ndriver = "gpiod"\nprofile = "bench-12"\n' >/etc/lockerd/station.d/50-bench.toml
    fails "lockerd --check finds it" lockerd --check
    says "and says how to make it" 'group gpio.*没有 gpio 组.*systemd-sysusers'
    rm /etc/lockerd/station.d/50-bench.toml
    check "systemd-sysusers, which every boot runs, makes the group again" systemd-sysusers
    check "and lockerd starts" systemctl restart "$unit"
    printf '[board]\ndriver = "gpiod"\nprofile = "bench-12"\n' >/etc/lockerd/station.d/50-bench.toml
    fails "a board without GPIO chips is found by lockerd --check" runuser -u lockerd -- lockerd --check
    says "it names the chip and how to look for it" 'gpiodetect|/dev/gpiochip'
    printf '[board]\ndriver = "simulated"\nfrom_the_future = 1\n' >/etc/lockerd/station.d/50-bench.toml
    fails "a configuration of a later version is refused" runuser -u lockerd -- lockerd --check
    says "by file, line and key" '50-bench.toml:3.*from_the_future'
    rm /etc/lockerd/station.d/50-bench.toml
}
