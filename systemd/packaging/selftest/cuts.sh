# shellcheck shell=bash
# A cut at every command of preinst and postinst. dpkg's own work between them is done by hand, as dpkg does it: all new
# files, then the old ones go. selftest.sh reads this file.
: "${root:?}" "${work:?}" "${here:?}" "${station:?}"

fresh
package -i "$(deb station 1.0.0)" >"$work/log" 2>&1
write_books 1.0.0
cp "$here/selftest/cut.sh" "$root/cut.sh"
inside dpkg-deb -R "$(deb station 1.1.0)" /new
cp -a "$root$station" "$work/before"

script() { # name, arguments...: cut at $cut_at
    local name=$1
    shift
    echo 0 >"$root/cut-count"
    setsid --wait chroot "$root" env BASH_ENV=/cut.sh CUT_AT="$cut_at" bash "/new/DEBIAN/$name" "$@" </dev/null >"$work/log" 2>&1
}

unpack() {
    mkdir -p "$root$station/1.1.0"
    cp -a "$root/new$station/1.1.0/." "$root$station/1.1.0/"
    rm -rf "${root:?}$station/1.0.0"
}

start_over() {
    rm -rf "${root:?}$station"
    cp -a "$work/before" "$root$station"
}

# each_cut SCRIPT: prepares, cuts, looks, and does it all again without a cut.
each_cut() { # preinst | postinst, version that must run in the end
    local which=$1 last=$2 bad=0
    for ((cut_at = 1; cut_at < 400; cut_at++)); do
        start_over
        if [[ $which == preinst ]]; then
            script preinst upgrade 1.0.0 && break
        else
            uncut preinst upgrade
            unpack
            script postinst configure 1.0.0 && break
            # The last run is one that no cut ended: it was refused by the program.
            if [[ $(<"$root/cut-count") -lt $cut_at ]]; then break; fi
        fi
        starts station 1.0.0 1.1.0 || { echo "cut at command $cut_at of $which: nothing starts"; bad=$((bad + 1)); }
        again || true
        starts station "$last" || { echo "after the cut at command $cut_at of $which: not $last"; bad=$((bad + 1)); }
    done
    cuts=$((cut_at - 1))
    ((cuts > 10 && bad == 0)) || { echo "$cuts cuts, $bad bad"; return 1; }
}

uncut() { chroot "$root" sh "/new/DEBIAN/$1" "$2" 1.0.0 </dev/null >"$work/log" 2>&1; }
again() { uncut preinst upgrade && unpack && uncut postinst configure; }

cuts=0
must "a cut at any command of preinst leaves a version that starts" each_cut preinst 1.1.0
echo "# $cuts cuts"
must "a cut at any command of postinst leaves a version that starts" each_cut postinst 1.1.0
echo "# $cuts cuts"
touch "$root/etc/refuse"
must "so does one while the new version is being refused" each_cut postinst 1.0.0
echo "# $cuts cuts"
