#!/bin/bash
# Kernel packages as mirrors and machines have them on a bad day, with a dpkg and an apt of our own. One line a check.
# shellcheck disable=SC2154  # kernel.sh sets what is looked at
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=Hardware/bench/kernel.sh
source "$here/../kernel.sh"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
say() { echo "$*"; }
die() { echo "$*"; exit 1; }

# What is on the machine, at the mirrors, and in lists of today once they were fetched: lines "PACKAGE VERSION".
installed='' mirror='' today=''
dpkg-query() { # -W -f FORMAT NAME
    if [[ ${!#} == *'*'* ]]; then
        sed -n 's/^\(linux-headers-[0-9][^ ]*\) .*/\1/p' <<<"$installed"
    else
        awk -v name="${!#}" '$1 == name { print "installed", $2 }' <<<"$installed"
    fi
}
apt-cache() { # [OPTION...] madison NAME...
    local name lists=$mirror
    [[ ! -e $work/updated ]] || lists=$today
    for name; do awk -v name="$name" '$1 == name { print $1, "|", $2, "| here" }' <<<"$lists"; done
}
apt-get() { # OPTION... update | OPTION... download NAME=VERSION
    if [[ ${!#} == update ]]; then
        touch "$work/updated"
    else
        grep -qxF "${!#/=/ } there" <<<"$today"
    fi
}

# check NAME EXPECTED COMMAND...: EXPECTED, a pattern, is in what the command prints.
check() {
    local name=$1 expected=$2 text
    shift 2
    text=$("$@" 2>&1) || true
    # shellcheck disable=SC2053
    if [[ $text == $expected ]]; then echo "ok $name"; else echo "FAIL $name: $text" && failed=1; fi
}
failed=0

chosen() { choose_kernel && echo "$headers $version $source_package $source_version"; }
skew() { choose_kernel && note_skew "linux-image-$release $1"; }
unbuilt() { choose_kernel && does_not_build; }
fetched() {
    rm -f "$work/updated"
    choose_kernel
    apt=()
    if ! download "$work"; then
        apt-get update
        download "$work" || { echo none; return; }
    fi
    echo "got $(<"$work/package")"
}

new=linux-headers-6.1.0-56-amd64 old=linux-headers-6.1.0-9-amd64
installed="linux-headers-amd64 6.1.192-2
$new 6.1.192-2
$old 6.1.27-1
linux-headers-6.1.0-57-cloud-amd64 6.1.192-3
linux-source-6.1 6.1.192-3"
check "the newest headers are taken, and a source of another revision" "$new 6.1.192-2 linux-source-6.1 6.1.192-3" chosen
check "a source of another revision is a line" \
    "note: linux-source-6.1 6.1.192-3 with $new 6.1.192-2: it builds" skew 6.1.192-2
check "so is an image of another revision" "*note: linux-image-6.1.0-56-amd64 6.1.192-1 with $new 6.1.192-2*" skew 6.1.192-1
check "what does not build names both packages and what to type" "*linux-source-6.1 6.1.192-3 does not build for $new \
6.1.192-2; *apt-get install linux-headers-amd64 linux-source-6.1" unbuilt
mirror="linux-source-6.1 6.1.192-2"
check "it names the source of the headers' version where there is one" \
    "*apt-get install linux-source=6.1.192-2 linux-source-6.1=6.1.192-2" unbuilt

image=linux-image-6.1.0-56-amd64
mirror="$image 6.1.192-3
$image 6.1.192-2
$image-unsigned 6.1.192-2"
today="$image 6.1.192-2 there
$image-unsigned 6.1.192-2 there"
check "the image of the headers' version comes first" "fetching $image 6.1.192-2
got $image 6.1.192-2" fetched
today="$image-unsigned 6.1.192-2 there"
check "the unsigned image will do" "*got $image-unsigned 6.1.192-2" fetched
today="$image 6.1.192-3 there"
check "another revision will do" "*got $image 6.1.192-3" fetched
mirror="$image 6.1.192-1"
check "lists that are stale are read again" "fetching $image 6.1.192-1
fetching $image 6.1.192-3
got $image 6.1.192-3" fetched
mirror='' today=''
check "no image at all is no image" "none" fetched

installed="linux-headers-amd64 6.1.192-2
$old 6.1.27-1
linux-source-6.1 6.1.27-1"
check "a meta package ahead of the headers takes the headers that are there" "$old 6.1.27-1 *" chosen
installed="linux-headers-6.12.9-amd64 6.12.9-1
$old 6.1.27-1
linux-source-6.1 6.1.192-3"
check "newer headers without their source leave it to older ones with theirs" "$old 6.1.27-1 *" chosen
installed="linux-headers-6.12.9-amd64 6.12.9-1
linux-source-6.1 6.1.192-3"
check "headers without their source name it" "*linux-headers-6.12.9-amd64 *apt-get install linux-source-6.12" chosen
installed="linux-source-6.1 6.1.192-3"
check "no headers name the package" "*apt-get install linux-headers-amd64" chosen
[[ $failed == 0 ]]
