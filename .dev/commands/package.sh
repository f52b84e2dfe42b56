# shellcheck shell=bash
# ./dev package [--test] [--if-cached]: makes what users install, of HEAD, in build/packages. With --test it is judged
# and installed afterwards, where nothing of ours is; the last line counts. With --if-cached what needs the static Qt is
# left out where that is not in the cache, since it takes long to make.
# shellcheck source=.dev/lib/totals.sh
. "$here/.dev/lib/totals.sh"
for part in source deb static wheel vscode; do
    # shellcheck source=/dev/null
    . "$here/.dev/lib/$part.sh"
done

tested=no static=yes
for word in "$@"; do
    case $word in
        --test) tested=yes ;;
        --if-cached) has_static_qt || static=no ;;
        *) die "package takes --test and --if-cached, not '$word'" ;;
    esac
done

# Makes all packages in a folder. What is compiled stays compiled for the next call.
make_packages() {
    mkdir -p "$1"
    need_tier package
    make_tarball "$1"
    unpack_tarball
    make_debs "$1"
    static_program=
    [ $static = no ] || here=$tree make_wheel "$1"
    here=$tree make_vsix "$1"
    [ $static = no ] || here=$tree make_vsix "$1" "$static_program"
}

use_time_of_head
packages=$here/build/packages
rm -rf -- "$packages"
make_packages "$packages"
(cd "$packages" && ls -sh1 -- *) >&2
[ $static = yes ] || say "the static Qt is not in the cache: without the wheel and the extension that holds the program; \
./dev package makes them"
[ $tested = yes ] || exit 0

again=$here/build/packages-again
rm -rf -- "$again"
make_packages "$again"
need_tier package
add_script inside "$here/tests/packages/made" "$packages" "$again"
rm -rf -- "$again"
add_script "$here/tests/packages/debian" "${debs[@]/#$again/$packages}"
if [ $static = yes ]; then
    add_script "$here/tests/packages/wheel" "${wheel/#$again/$packages}"
    need_tier test
    ensure_node_packages
    build check
    say "the tests of nuages, against the static program"
    NUAGES_PROGRAM=$static_program add_ctest check --label-regex '^(app|protocol|demo|editors|share)$'
    unlock_build
fi
print_totals
