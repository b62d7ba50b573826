# shellcheck shell=bash
# Programs and libraries: what they need, and where it comes from. deb.sh reads this file.
# shellcheck disable=SC2154,SC2034  # it sets and reads the variables of deb.sh

# Libraries that a file asks for by name.
needed_by() { readelf -dW "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]$/\1/p'; }

# Folders outside the system's own in which programs look for libraries: the toolchain's.
runtime_folders() {
    if [[ -n $runtime ]]; then echo "$runtime"; return; fi
    local file
    for file in "$@"; do readelf -dW "$file" | sed -n 's/.*(RUNPATH).*\[\(.*\)\]$/\1/p' | tr : '\n'; done |
        grep '^/' | grep -vE '^(/usr)?/lib(/|$)|^/usr/lib/(x86_64|aarch64)-linux-gnu' | sort -u || true
}

# Strips what the programs carry for debuggers: names and line tables, not what runs.
strip_file() {
    local machine
    case $arch in amd64) machine=x86_64 ;; arm64) machine=aarch64 ;; esac
    if [[ $arch == "$host" ]]; then
        strip --strip-unneeded --remove-section=.comment "$1"
    elif command -v "$machine-linux-gnu-strip" >/dev/null; then
        "$machine-linux-gnu-strip" --strip-unneeded --remove-section=.comment "$1"
    elif command -v llvm-objcopy >/dev/null; then
        llvm-objcopy --strip-unneeded --remove-section=.comment "$1"
    else
        die "nothing here strips $arch: apt-get install binutils-$machine-linux-gnu"
    fi
}

# Lets a file look for its libraries in its own folder, and nowhere else but in the system's.
look_beside() {
    local now
    now=$(patchelf --print-rpath "$1")
    # shellcheck disable=SC2016  # the loader reads $ORIGIN
    [[ $now == '$ORIGIN' ]] || patchelf --page-size 65536 --set-rpath '$ORIGIN' "$1"
}

# Puts the Swift libraries that the programs in a folder need, and no others, beside them.
add_runtime() { # folder
    local folders waiting=() name file from machine
    mapfile -t folders < <(runtime_folders "$1"/*)
    waiting=("$1"/*)
    while ((${#waiting[@]} > 0)); do
        file=${waiting[-1]}
        unset 'waiting[-1]'
        while read -r name; do
            [[ ! -e $1/$name ]] || continue
            for from in "${folders[@]}"; do
                [[ -e $from/$name ]] || continue
                install -m 0644 "$from/$name" "$1/$name"
                waiting+=("$1/$name")
                break
            done
        done < <(needed_by "$file")
    done
    case $arch in amd64) machine='X86-64' ;; arm64) machine=AArch64 ;; esac
    for file in "$1"/*; do
        readelf -hW "$file" | grep -q "Machine:.*$machine" || die "${file##*/} is not built for $arch"
        strip_file "$file"
        look_beside "$file"
    done
}

# Sets depends and libc: the packages that the files in a folder need, and the oldest libc6.
find_depends() { # folder
    libc=$(for file in "$1"/*; do readelf -VW "$file" | grep -oE 'GLIBC_[0-9.]+'; done | sort -Vu | tail -n 1)
    libc=${libc#GLIBC_}
    if [[ $arch == "$host" ]]; then
        built_for=$(. /etc/os-release && echo "${PRETTY_NAME:-this Debian}")
        depends_of_host "$1"
    else
        built_for='Debian 13 (trixie)'
        depends_by_table "$1"
    fi
}

depends_of_host() { # folder
    local folder=$work/$part.shlibdeps
    mkdir -p "$folder/debian"
    echo "Source: villagelocker" >"$folder/debian/control"
    # The Swift libraries belong to no package.
    depends=$(cd "$folder" && dpkg-shlibdeps -O --ignore-missing-info "-l$1" "$1"/* 2>"$folder/log" |
        sed -n 's/^shlibs:Depends=//p') || die "dpkg-shlibdeps: $(cat "$folder/log")"
    [[ -n $depends ]] || die "dpkg-shlibdeps found no dependency: $(cat "$folder/log")"
}

depends_by_table() { # folder
    local name package oldest all=()
    while read -r name; do
        [[ ! -e $1/$name ]] || continue
        read -r _ package oldest < <(grep -F "$name " "$here/sonames.txt" | grep -E "^[^#]") ||
            die "$name is needed and no line of $here/sonames.txt names its package in Debian 13: add one"
        case $oldest in
            -) all+=("$package") ;;
            glibc) all+=("$package (>= $libc)") ;;
            *) all+=("$package (>= $oldest)") ;;
        esac
    done < <(for file in "$1"/*; do needed_by "$file"; done | sort -u)
    depends=$(printf '%s\n' "${all[@]}" | sort -u | paste -sd, | sed 's/,/, /g')
}
