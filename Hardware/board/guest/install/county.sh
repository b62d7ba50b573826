# shellcheck shell=bash
# The county's package, and a station that enrols at it over loopback.
# shellcheck disable=SC2154

county_unit=county-server.service
station_id=yc-beiliu-0231

# county COMMAND...: as the server's user.
county() { runuser -u county-server -- county-server "$@"; }

county_package() {
    check "apt installs the county's package without a network" install_deb county || return 1
    check "county-server is active" systemctl is-active "$county_unit"
    check "county-server is enabled" systemctl is-enabled "$county_unit"
    note "county-server is ready $(start_milliseconds "$county_unit") ms after systemd starts it"
    exposure "$county_unit" 1.1
    is "its books are for its user alone" 700:county-server:county-server "$(stat -c %a:%U:%G /var/lib/county-server)"
    check "man finds county-server" man -w county-server
    check "dpkg finds every file as it was packed" dpkg --verify villagelocker-county
    check "it knows no station yet" county stations
    says "and says how to make one" 'enrol-token'
}

enrolment() {
    local token
    token=$(county enrol-token "$station_id" 2>"$log" | tr -d '[:space:]')
    [[ -n $token ]] || { not_ok "the county makes a token"; told; return 1; }
    fails "a token with a typing error is refused" \
        lockerctl enrol "${token:0:-4}AAAA" --county http://127.0.0.1:8480 --board simulated-12 --village 140522102206
    check "one command enrols the station and chooses its board" \
        lockerctl enrol "$token" --county http://127.0.0.1:8480 --board simulated-12 --village 140522102206 || return 1
    check "lockerd runs" waits 20 answers
    check "lockerctl status shows the station" lockerctl status
    says "by its name" "$station_id"
    is "keys are lockerd's alone" '600:lockerd' "$(find /var/lib/lockerd/keys -type f -printf '%m:%u\n' | sort -u)"
    check "a scan is answered" lockerctl scan BENCH-ENROLLED
    if waits 40 county_has_all; then
        ok "every event comes to the county: $(county events --station "$station_id" --json | wc -l)"
    else
        not_ok "every event comes to the county"
        county stations | head -n 30
        return 1
    fi
    check "the county lists the station" county stations
    says "by its name" "$station_id"
    check "its hash chain holds" county verify --station "$station_id"
    says "and says so" 'chain ok'
}

# The last event of the station's journal is in the county's books, byte by byte.
county_has_all() {
    local last
    last=$(events | tail -n 1)
    [[ -n $last ]] && county events --station "$station_id" --json | grep -qxF -- "$last"
}
