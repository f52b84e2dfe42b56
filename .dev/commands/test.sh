# shellcheck shell=bash
# ./dev test: ctest of preset check; then, from the machine's side, what cannot run within a root.
# shellcheck source=.dev/lib/totals.sh
. "$here/.dev/lib/totals.sh"

need_tier test
ensure_node_packages
build check
add_ctest check
unlock_build
if [ -n "${NUAGES_IN_ROOT-}" ]; then
    say "inside a root: tests/dev.sh and tests/native-root/run are left to the machine's side"
else
    export NUAGES_TEST_ROOT=$root NUAGES_GRAMMAR_DIR=$grammar_dir
    add_script "$here/tests/dev.sh"
    add_script "$here/tests/native-root/run"
fi
print_totals
