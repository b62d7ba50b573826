#!/bin/bash
# In the guest, with systemd as process 1: installs, upgrades, downgrades, removes and purges the packages, as a technician
# does, and looks at what runs. Prints a line a check. stage/debs has the packages and stage/sections what to try, see
# install-test.sh.
set -uo pipefail
cd /
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2034  # the parts read it
debs=/run/bench/stage/debs
parts=/run/bench/stage/Hardware/board/guest/install
# shellcheck source=Hardware/board/guest/install/lib.sh
source "$parts/lib.sh"
# shellcheck source=Hardware/board/guest/install/station.sh
source "$parts/station.sh"
# shellcheck source=Hardware/board/guest/install/county.sh
source "$parts/county.sh"
# shellcheck source=Hardware/board/guest/install/upgrade.sh
source "$parts/upgrade.sh"
# shellcheck source=Hardware/board/guest/install/removal.sh
source "$parts/removal.sh"

note "$(uptime_milliseconds) ms from the kernel's start to here"
for section in $(</run/bench/stage/sections); do
    began=$SECONDS
    "$section"
    note "$section took $((SECONDS - began)) s"
done
