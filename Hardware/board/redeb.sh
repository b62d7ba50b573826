#!/bin/bash
# Makes another package of one of ours, for tests: redeb.sh DEB OUT [--version V] [--refuses TEXT] [--arch A] [--libc V]
# DEB may be a folder, too, where dpkg-deb -R has unpacked it; it stays as it is.
#   --version  the same files under another number; the programs inside go on showing theirs
#   --refuses  a daemon whose --try-upgrade says TEXT and fails, as one whose migration fails; it can do nothing else
#   --arch     the head and the maintainer scripts alone, as if built for another architecture
#   --libc     the head and the maintainer scripts alone, as if built for a Debian with that libc6; it depends on it, too
# What it makes is compressed for speed: an emulated processor unpacks it, and apt computes its sums.
set -euo pipefail
umask 022

die() { echo "redeb: $*" >&2; exit 1; }
(($# >= 2)) || die "usage: redeb.sh DEB OUT [--version V] [--refuses TEXT] [--arch A] [--libc V]"
deb=$1 out=$2
shift 2
version='' refuses='' arch='' libc=''
while (($# > 0)); do
    (($# > 1)) || die "$1 needs a value"
    case $1 in
        --version) version=$2 ;;
        --refuses) refuses=$2 ;;
        --arch) arch=$2 ;;
        --libc) libc=$2 ;;
        *) die "unknown argument $1" ;;
    esac
    shift 2
done
[[ -r $deb ]] || die "no package $deb"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
if [[ -d $deb ]]; then
    # No hard links: where one run removes its link, tar of another complains that the file has changed.
    cp -a --reflink=auto "$deb" "$root"
else
    dpkg-deb -R "$deb" "$root"
fi
control=$root/DEBIAN/control
package=$(sed -n 's/^Package: //p' "$control")
old=$(sed -n 's/^Version: //p' "$control")
home=$root/usr/lib/villagelocker/${package#villagelocker-}
[[ -d $home/$old ]] || die "$deb has no folder /usr/lib/villagelocker/${package#villagelocker-}/$old: has its layout changed?"

# in_scripts NAME VALUE: a value that the packager wrote at the head of each maintainer script.
in_scripts() {
    local script
    for script in "$root"/DEBIAN/{preinst,postinst,prerm,postrm}; do
        grep -q "\b$1='" "$script" || die "${script##*/} of $deb has no $1='…': has the packager changed?"
        sed -i -E "0,/\\b$1='/ s/\\b$1='[^']*'/$1='$2'/" "$script"
    done
}

if [[ -n $version && $version != "$old" ]]; then
    mv "$home/$old" "$home/$version"
    sed -i "s/^Version: .*/Version: $version/" "$control"
    in_scripts version "$version"
else
    version=$old
fi
if [[ -n $arch ]]; then sed -i "s/^Architecture: .*/Architecture: $arch/" "$control"; fi
if [[ -n $libc ]]; then
    in_scripts needed_libc "$libc"
    grep -q '^Depends:.*libc6 (>= ' "$control" || die "$deb depends on no libc6: has the packager changed?"
    sed -i -E "/^Depends:/ s/libc6 \(>= [^)]*\)/libc6 (>= $libc)/" "$control"
fi
if [[ -n $arch$libc ]]; then rm -r "${root:?}/usr"; fi
if [[ -n $refuses ]]; then
    [[ -e $home/$version/lockerd ]] || die "$deb has no lockerd"
    printf '#!/bin/sh\necho %q >&2\nexit 1\n' "$refuses" >"$home/$version/lockerd"
    chmod 0755 "$home/$version/lockerd"
fi
(cd "$root" && find . -path ./DEBIAN -prune -o -type f -printf '%P\0' | LC_ALL=C sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"
dpkg-deb --root-owner-group -Zzstd -z3 --build "$root" "$out.new" >/dev/null
mv -f "$out.new" "$out"
