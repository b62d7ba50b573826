#!/bin/sh
# What the maintainer scripts share. deb.sh puts this text in place of the line that reads it, and in front of it the
# values that differ between packages.
: "${package:?}" "${version:?}" "${part:?}" "${program:?}" "${unit:?}" "${user:?}"
: "${needed_kib:?}" "${needed_libc:?}" "${built_for:?}"

# Folders below $home: VERSION/ belongs to dpkg; kept-VERSION/ is a copy of the version in use while dpkg replaces it;
# `current` is a symlink to the one that starts. It is switched by rename and by nothing else, so that a power cut at any
# moment leaves one that is whole.
home=/usr/lib/villagelocker/$part
current=$home/current

say() { for line; do printf '%s: %s\n' "$package" "$line" >&2; done; }
die() { say "$@"; exit 1; }

# Folder below $home that starts now; nothing if there is none, or what is there is not whole.
in_use() {
    [ -L "$current" ] || return 0
    folder=$(readlink "$current")
    if [ -x "$home/$folder/$program" ]; then echo "$folder"; fi
}

# use FOLDER: from now on this one starts.
use() {
    rm -f "$current.new"
    ln -s "$1" "$current.new"
    sync -f "$home"
    mv -fT "$current.new" "$current"
    sync -f "$home"
}

# Copies the version in use to where dpkg removes nothing, and lets that copy start. Hard links take no room.
keep() {
    folder=$(in_use)
    case $folder in '' | kept-*) return 0 ;; esac
    rm -rf "$home/kept-$folder" "$home/kept-$folder.new"
    if ! cp -al "$home/$folder" "$home/kept-$folder.new" 2>/dev/null; then
        rm -rf "$home/kept-$folder.new"
        cp -a "$home/$folder" "$home/kept-$folder.new"
    fi
    sync -f "$home"
    mv -T "$home/kept-$folder.new" "$home/kept-$folder"
    use "kept-$folder"
}

# Removes the copies that do not start.
forget_kept() {
    folder=$(in_use)
    for kept in "$home"/kept-*; do
        [ -d "$kept" ] || continue
        [ "$kept" = "$home/$folder" ] || rm -rf "$kept"
    done
}

# systemd runs here: neither a chroot nor the making of an image.
is_booted() { [ -d /run/systemd/system ]; }
