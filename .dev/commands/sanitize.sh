# shellcheck shell=bash
# ./dev sanitize: all tests under AddressSanitizer and UndefinedBehaviorSanitizer, the engine's under
# ThreadSanitizer, and those with several threads many times.
# shellcheck source=.dev/lib/totals.sh
. "$here/.dev/lib/totals.sh"

need_tier test
say "AddressSanitizer and UndefinedBehaviorSanitizer: all tests"
build asan
add_ctest asan
unlock_build

say "ThreadSanitizer: the tests of engine/"
build tsan tests_engine_{query,source,template,python,project_settings,project,rules}
add_ctest tsan --label-regex '^engine$'
say "ThreadSanitizer: the concurrent tests, 50 times"
add_ctest tsan --label-regex '^concurrent$' --repeat until-fail:50
print_totals
