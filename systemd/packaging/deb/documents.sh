# shellcheck shell=bash
# Manual pages, completions, copyright and changelog of a package. deb.sh reads this file.
# shellcheck disable=SC2154  # it reads the variables of deb.sh

# ArgumentParser's own generator of manual pages, built once for each of its versions, outside the tree.
manual_generator() {
    local source=$checkouts/swift-argument-parser home=~ cache number
    [[ -d $source ]] || die "$source is missing: swift package resolve, or name the folder with --checkouts"
    number=$(git -C "$source" describe --tags --always)
    cache=${VILLAGELOCKER_CACHE:-${XDG_CACHE_HOME:-$home/.cache}/villagelocker}/generate-manual-$number
    generator=$cache/debug/generate-manual
    [[ ! -x $generator ]] || return 0
    say "building generate-manual of swift-argument-parser $number, once"
    mkdir -p "$cache"
    swift build --package-path "$source" --scratch-path "$cache" --product generate-manual >"$cache/log" 2>&1 ||
        die "generate-manual does not build: $(tail -n 5 "$cache/log")"
}

section_of() { [[ $1 == lockerctl ]] && echo 1 || echo 8; }

# A page of its own by hand, or what the program tells of its commands and behind it files, exit status, further pages.
manual_page() { # program
    local section page
    section=$(section_of "$1")
    page=$root/usr/share/man/man$section/$1.$section
    mkdir -p "${page%/*}"
    if [[ -e $here/man/$1.$section ]]; then
        sed "s/@DATE@/$(date -d "@$SOURCE_DATE_EPOCH" '+%B %-d, %Y')/" "$here/man/$1.$section" >"$page"
    else
        [[ -x $host_programs/$1 ]] || die "$host_programs/$1 is missing: manual pages come from programs built for this machine"
        python3 "$here/deb/manual.py" "$generator" "$host_programs/$1" "$section" \
            "$(date -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%d)" "$here/man/$1.end" >"$page"
    fi
    check_page "$page"
    gzip -9n "$page"
}

check_page() { # file
    local complaints
    complaints=$(MANROFFSEQ='' MANWIDTH=80 man --warnings=w -E UTF-8 -l -Tutf8 -Z "$1" 2>&1 >/dev/null; mandoc -T lint -W warning "$1") || true
    [[ -z $complaints ]] || die "$1: $complaints"
}

# Every page that a unit names is in the package.
check_unit_pages() {
    local unit page
    for unit in "$root"/usr/lib/systemd/system/*.service; do
        while read -r page; do
            [[ $page =~ ^man:(.*)\((.)\)$ ]] || continue
            [[ -e $root/usr/share/man/man${BASH_REMATCH[2]}/${BASH_REMATCH[1]}.${BASH_REMATCH[2]}.gz ]] ||
                die "${unit##*/} names $page and the package has no such page"
        done < <(sed -n 's/^Documentation=//p' "$unit" | tr ' ' '\n')
    done
}

completions() { # program
    local bash=$root/usr/share/bash-completion/completions zsh=$root/usr/share/zsh/vendor-completions
    mkdir -p "$bash" "$zsh"
    # bash reads it, nobody runs it.
    "$host_programs/$1" --generate-completion-script bash | sed '1{/^#!/d}' >"$bash/$1"
    "$host_programs/$1" --generate-completion-script zsh >"$zsh/_$1"
    bash -n "$bash/$1" || die "the bash completion of $1 is not bash"
}

install_documents() { # program=folder...
    local doc=$root/usr/share/doc/$package program link
    mkdir -p "$doc"
    for link in "$@"; do
        program=${link%%=*}
        manual_page "$program"
        [[ $program == locker-outputs-off ]] || completions "$program"
    done
    check_unit_pages
    install -m 0644 "$here/copyright" "$doc/copyright"
    if [[ -e $here/overrides/$part ]]; then
        install -D -m 0644 "$here/overrides/$part" "$root/usr/share/lintian/overrides/$package"
    fi
    notices >"$doc/NOTICE"
    gzip -9n "$doc/NOTICE"
    changelog | gzip -9n >"$doc/changelog.gz"
}

# What the licences of the Swift packages that are linked in ask to hand on.
notices() {
    local file
    for file in "$checkouts"/*/NOTICE*; do
        [[ -e $file ]] || die "no NOTICE below $checkouts: swift package resolve, or name the folder with --checkouts"
        printf '=== %s ===\n\n' "$(basename "${file%/*}")"
        cat "$file"
        echo
    done
}

changelog() {
    echo "villagelocker ($version) unstable; urgency=medium"
    echo
    git -C "$tree" log -1 --format='Built from commit %h: %s' | fold -s -w 72 | sed -e '1s/^/  * /' -e '2,$s/^/    /' -e 's/ *$//'
    echo
    echo " -- VillageLocker maintainers <maintainers@villagelocker.dev>  $(date -R -d "@$SOURCE_DATE_EPOCH")"
}
