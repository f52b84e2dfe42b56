# shellcheck shell=bash
# ./dev sanitize [FOLDER]: all tests under AddressSanitizer and UndefinedBehaviorSanitizer; those of folders that are
# THREADED under ThreadSanitizer, those that are CONCURRENT many times. With a folder of tests/, such as
# engine/query, the tests of that folder alone.
# shellcheck source=.dev/lib/totals.sh
. "$here/.dev/lib/totals.sh"

address_targets=()
address_tests=(--label-exclude '^(compile-fail|library)$') # they run compilers, no code of ours
thread_targets=(all_threaded)
thread_tests=()
if [ $# -gt 0 ]; then
    address_targets=("tests_${1//\//_}")
    thread_targets=("${address_targets[@]}")
    address_tests=(--tests-regex "^$1/[^/]*$")
    thread_tests=("${address_tests[@]}")
fi

# Whether the tests of a folder have one of these words of nuages_tests(). All together have each.
has() { [ "$1" = all ] || grep -qE "^ +($2)\b" "$here/tests/$1/CMakeLists.txt"; }

need_tier test
ensure_node_packages
say "AddressSanitizer and UndefinedBehaviorSanitizer"
build asan "${address_targets[@]}"
add_ctest asan "${address_tests[@]}"
unlock_build

if has "${1-all}" 'CONCURRENT|THREADED'; then
    say "ThreadSanitizer"
    build tsan "${thread_targets[@]}"
    add_ctest tsan --label-regex '^threaded$' "${thread_tests[@]}"
fi
if has "${1-all}" CONCURRENT; then
    say "ThreadSanitizer: the concurrent tests, 10 times"
    add_ctest tsan --label-regex '^concurrent$' "${thread_tests[@]}" --repeat until-fail:10
fi
print_totals
