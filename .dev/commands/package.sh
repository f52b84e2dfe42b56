# shellcheck shell=bash
# ./dev package [deb|wheel|vsix]... [--test] [--if-cached]: makes what users install, of HEAD, in build/packages; without
# a word all of it. With --test all is judged and installed afterwards, where nothing of ours is; the last line counts.
# With --if-cached what needs the static Qt is left out where that is not in the cache, since it takes long to make.
# shellcheck source=.dev/lib/totals.sh
. "$here/.dev/lib/totals.sh"
for part in source deb static wheel vscode; do
    # shellcheck source=/dev/null
    . "$here/.dev/lib/$part.sh"
done

words='' tested=no static=yes
for word in "$@"; do
    case $word in
        deb | wheel | vsix) words+=" $word" ;;
        --test) tested=yes ;;
        --if-cached) has_static_qt || static=no ;;
        *) die "package takes deb, wheel, vsix, --test and --if-cached, not '$word'" ;;
    esac
done
[ $tested = no ] || [ -z "$words" ] || die "package --test makes and tests all packages; leave out$words"
: "${words:=deb wheel vsix}"

wants() { [[ " $words " == *" $1 "* ]]; }

# Makes packages in a folder. What is compiled stays compiled for the next call.
make_packages() {
    mkdir -p "$1"
    need_tier package
    make_tarball "$1"
    unpack_tarball
    ! wants deb || make_debs "$1"
    [ $static = no ] || ! wants wheel || here=$tree make_wheel "$1"
    ! wants vsix || here=$tree make_vsix "$1"
    [ $static = no ] || ! wants vsix || ! wants wheel || here=$tree make_vsix "$1" "$static_program"
}

use_time_of_head
packages=$here/build/packages
rm -rf -- "$packages"
make_packages "$packages"
[ $static = yes ] || say "the static Qt is not in the cache: the wheel, and the extension that holds the program, were not \
made and are not tested; ./dev package --test does"
say "in $packages:"
(cd "$packages" && ls -sh1 -- *) >&2
[ $tested = yes ] || exit 0

again=$here/build/packages-again
rm -rf -- "$again"
make_packages "$again"
need_tier package
add_script inside "$here/tests/packages/made" "$packages" "$again"
add_script "$here/tests/packages/debian" "${debs[@]}"
if [ $static = yes ]; then
    add_script "$here/tests/packages/wheel" "$wheel"
    need_tier test
    ensure_node_packages
    build check
    say "the tests of nuages, against the static program"
    NUAGES_PROGRAM=$static_program add_ctest check --tests-regex '^(app|arrows|ci|demo|editors|protocol|share)/'
    unlock_build
fi
rm -rf -- "$again"
print_totals
