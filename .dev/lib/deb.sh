# shellcheck shell=bash
# nuages and nuages-inspector as .deb, built of the source tarball, without a network, in a root of the package tier.

# Runs a command as inside() does, with nothing of the network but a loopback that is down.
offline() {
    if [ "$(id -u)" = 0 ]; then inside unshare -n -- "$@"; else inside unshare -rn -- "$@"; fi
}

# Writes both .deb of `tree` into FOLDER and sets `debs` to them.
make_debs() {
    local folder=$1 build_dir log
    here=$tree find_build_dir package
    mkdir -p "$build_dir"
    log=$build_dir/log
    say "building $(basename "$tarball" .tar.xz) for Debian in $build_dir"
    (cd "$tree" && offline cmake --preset package -B "$build_dir") >"$log" 2>&1 </dev/null || { cat "$log" >&2; exit 1; }
    offline cmake --build "$build_dir" --target nuages nuages-inspector >&2 </dev/null || exit 1
    rm -rf -- "$build_dir/cpack"
    (cd "$build_dir" && offline cpack -G DEB -B "$build_dir/cpack") >"$log" 2>&1 </dev/null || { cat "$log" >&2; exit 1; }
    rm -f -- "$folder"/nuages_*.deb "$folder"/nuages-inspector_*.deb
    cp -- "$build_dir"/cpack/*.deb "$folder"
    debs=("$folder"/nuages_*.deb "$folder"/nuages-inspector_*.deb)
    say "  ${debs[*]}"
}
