# shellcheck shell=bash
# Programs of another architecture run by qemu-user for as long as a script needs them. For scripts that define say and die:
# make_runnable ARCH, and at the end forget_runnable, which takes away what was added and nothing else.

binfmt=/proc/sys/fs/binfmt_misc
binfmt_mounted='' binfmt_registered=''

make_runnable() {
    local arch=$1 name line
    ! arch-test "$arch" >/dev/null 2>&1 || return 0
    case $arch in
        arm64) name=qemu-aarch64 ;;
        amd64) name=qemu-x86_64 ;;
        *) name=qemu-$arch ;;
    esac
    line=/usr/lib/binfmt.d/$name.conf
    [[ -r $line ]] || die "this machine runs no $arch programs; type: sudo apt-get install qemu-user-static"
    if [[ ! -e $binfmt/register ]]; then
        mount -t binfmt_misc binfmt_misc "$binfmt" || die "cannot mount $binfmt: this kernel has no binfmt_misc"
        binfmt_mounted=$binfmt
    fi
    if [[ ! -e $binfmt/$name ]]; then
        grep -v '^#' "$line" >"$binfmt/register" || die "cannot register $name at $binfmt"
        binfmt_registered=$binfmt/$name
    fi
    arch-test "$arch" >/dev/null 2>&1 ||
        die "$name is registered and $arch programs do not run; type: sudo apt-get install --reinstall qemu-user-static"
}

forget_runnable() {
    [[ -z $binfmt_registered ]] || echo -1 >"$binfmt_registered" || true
    [[ -z $binfmt_mounted ]] || umount "$binfmt_mounted" || true
    binfmt_registered='' binfmt_mounted=''
}
