# shellcheck shell=bash
# Which Debian packages the bench's kernel is made of. Headers, source and image come to the mirrors at different times, and
# leave them so. Only the release (6.1.0-56-amd64) must be one: modules are built for it. Whether versions that differ go
# together is shown by the build, not by comparing them. For prepare.sh and selftest/packages.sh, which define say and die.

# version_of PACKAGE: the version that is installed, or nothing.
version_of() {
    local state version
    read -r state version < <(dpkg-query -W -f "\${db:Status-Status} \${Version}\n" "$1" 2>/dev/null) || true
    [[ ${state:-} != installed ]] || echo "$version"
}

# source_of HEADERS: the package with the source of their series.
source_of() { echo "linux-source-$(cut -d. -f1,2 <<<"${1#linux-headers-}")"; }

# check_packages LIST: a meta package may be absent, since choose_kernel looks for what it stands for.
check_packages() {
    local name missing=()
    while read -r name; do
        [[ $name == linux-* || -n $(version_of "$name") ]] || missing+=("$name")
    done < <(sed -e 's/#.*//' -e 's/\[.*//' -e 's/[[:space:]]//g' -e '/^$/d' "$1")
    [[ ${#missing[@]} -eq 0 ]] || die "packages are missing; type: sudo apt-get install ${missing[*]}"
}

# The newest headers on this machine whose source is here, too, whatever the meta packages name by now.
choose_kernel() {
    local name newest=''
    headers='' version='' release='' tarball='' source_package='' source_version=''
    while read -r name; do
        [[ -n $(version_of "$name") ]] || continue
        newest=$name
        [[ -z $(version_of "$(source_of "$name")") ]] || headers=$name
    done < <(dpkg-query -W -f "\${Package}\n" 'linux-headers-[0-9]*-amd64' 2>/dev/null |
        grep -Ev -- '-(cloud|rt)-amd64$' | sort -V)
    [[ -n $newest ]] || die "no kernel headers are installed; type: sudo apt-get install linux-headers-amd64"
    [[ -n $headers ]] ||
        die "$newest is installed and its source is not; type: sudo apt-get install $(source_of "$newest")"
    version=$(version_of "$headers")
    release=${headers#linux-headers-}
    source_package=$(source_of "$headers")
    tarball=/usr/src/$source_package.tar.xz
    source_version=$(version_of "$source_package")
}

check_kernel_files() {
    [[ -r $tarball ]] || die "$tarball is missing; type: sudo apt-get install --reinstall $source_package"
    [[ -e /lib/modules/$release/build/Makefile ]] ||
        die "/lib/modules/$release/build is missing; type: sudo apt-get install --reinstall $headers"
}

# Lines "PACKAGE VERSION" of the images of this release that apt knows, the headers' own version first. All revisions of a
# release have one binary interface, and the unsigned package holds the same kernel.
images() {
    apt-cache "${apt[@]}" madison "linux-image-$release" "linux-image-$release-unsigned" 2>/dev/null |
        awk -v own="$version" '{ print ($3 == own ? 0 : 1), $1, $3 }' | sort -s -n -k1,1 | cut -d' ' -f2- | uniq
}

# download FOLDER: fetches the first image that can be had and writes its name and version to FOLDER/package.
download() {
    local name image_version
    while read -r name image_version; do
        say "fetching $name $image_version"
        if (cd "$1" && apt-get -qq "${apt[@]}" download "$name=$image_version" </dev/null 2>>errors >&2); then
            echo "$name $image_version" >"$1/package"
            return 0
        fi
    done < <(images)
    return 1
}

# fetch_kernel FOLDER LISTS: the image need not be installed, only unpacked. LISTS is a folder for package lists of our own.
fetch_kernel() {
    local new=$1.new lists=$2
    rm -rf "$new"
    mkdir -p "$new/usr/lib"
    ln -s usr/lib "$new/lib"
    # As root apt drops to a user who may not be able to write here.
    apt=(-o APT::Sandbox::User=root)
    if ! download "$new"; then
        say "linux-image-$release cannot be fetched by this machine's package lists; trying with lists of today"
        rm -rf "$lists"
        mkdir -p "$lists"/{lists,archives}/partial
        apt+=(-o "Dir::State::Lists=$lists/lists" -o "Dir::Cache=$lists")
        apt-get -qq "${apt[@]}" update 2>>"$new/errors" >&2 || true
        download "$new" || {
            tail -n 20 "$new/errors" >&2
            die "no linux-image-$release can be fetched, and the kernel of $headers $version is needed. Either the" \
                "package mirrors cannot be reached, or they have only newer kernels; then type:" \
                "sudo apt-get update && sudo apt-get install linux-headers-amd64 $source_package"
        }
        rm -rf "$lists"
    fi
    dpkg-deb --fsys-tarfile "$new"/*.deb | tar -x -C "$new" --keep-directory-symlink --exclude='./usr/share'
    rm -f "$new"/{*.deb,errors}
    mv -T "$new" "$1"
}

# note_skew IMAGE: a line for each package whose version is not that of the headers.
note_skew() {
    local package
    for package in "$source_package $source_version" "$1"; do
        [[ ${package#* } == "$version" ]] || say "note: $package with $headers $version: it builds"
    done
}

# What to say when the source does not fit the headers.
does_not_build() {
    local line="linux-headers-amd64 $source_package"
    echo -n "gpio-sim of $source_package $source_version does not build for $headers $version"
    [[ $source_version != "$version" ]] || { echo ", though they are of one version: see above"; return; }
    if apt-cache madison "$source_package" 2>/dev/null | awk '{ print $3 }' | grep -qxF -- "$version"; then
        # Without the meta package make test would install it again, and the newest source with it.
        line="linux-source=$version $source_package=$version"
    fi
    echo "; bring them to one version: sudo apt-get update && sudo apt-get install $line"
}
