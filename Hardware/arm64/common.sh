# shellcheck shell=bash disable=SC2034
# What sdk.sh and build.sh share: the cache, the messages, the mounts.
PATH=$PATH:/usr/sbin:/sbin
umask 022

home=~
root=${VILLAGELOCKER_CACHE:-${XDG_CACHE_HOME:-$home/.cache}/villagelocker}/arm64
suite=trixie
sdk_name=debian-$suite-arm64

say() { echo "arm64: $*" >&2; }
die() { say "$*"; exit 1; }

# need_machine LIST: what cannot be helped by installing a package, then the packages.
need_machine() {
    local name missing=()
    [[ $(dpkg --print-architecture) == amd64 ]] ||
        die "this machine is $(dpkg --print-architecture) and the cross build runs on amd64:" \
            "build natively (make deb), or run it on an amd64 machine"
    while read -r name; do
        [[ $(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null) == installed ]] || missing+=("$name")
    done < <(sed -e 's/#.*//' -e 's/[[:space:]]//g' -e '/^$/d' "$1")
    [[ ${#missing[@]} -eq 0 ]] || die "packages are missing; type: sudo apt-get install ${missing[*]}"
}

# Takes the cache for this process alone; descriptor 9 keeps the lock.
lock_cache() {
    mkdir -p "$root" 2>/dev/null || true
    [[ -w $root ]] || die "cannot write into $root: set VILLAGELOCKER_CACHE to a folder that you can write to"
    root=$(realpath "$root")
    exec 9>"$root/lock"
    flock -n 9 || { say "waiting for another run that uses $root"; flock 9; }
}

# has_room MIB
has_room() {
    local free
    free=$(df --output=avail -BM "$root" | tail -n 1 | tr -dc 0-9)
    ((free >= $1)) ||
        die "$root has $free MiB free and $1 are needed: make room, or set VILLAGELOCKER_CACHE to another folder"
}

# Starts the script again in a mount namespace of its own: what it mounts is seen by nobody else and goes with its last
# process, even one that was killed. No later rm -r can reach through a mount that was left.
own_mounts() {
    [[ ${LOCKER_OWN_MOUNTS:-} != "$$" ]] || return 0
    [[ $(id -u) -eq 0 ]] || die "a chroot and its mounts need root, and you are $(id -un): run it with sudo"
    unshare --mount true 2>/dev/null ||
        die "this machine refuses a mount namespace: a container needs CAP_SYS_ADMIN for it (--privileged)"
    LOCKER_OWN_MOUNTS=$$ exec unshare --mount --propagation private "$0" "$@"
}
