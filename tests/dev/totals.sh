# shellcheck shell=bash
# How ./dev test counts. A few lines of shell speak like ctest.

# counts OUTPUT CODE: what totals.py makes of a ctest that prints OUTPUT and exits with CODE.
counts() {
    printf '%s\n' "$1" >"$scratch/spoken"
    python3 "$here/.dev/lib/totals.py" "$scratch/result" sh -c 'cat "$0"; exit "$1"' "$scratch/spoken" "$2" >/dev/null
    cat "$scratch/result"
}

qt='1: ********* Start testing of TestA *********'
adds_up() {
    same '9 0' "$(counts "$qt
1: Totals: 5 passed, 0 failed, 0 skipped, 0 blacklisted, 3ms
2: Totals: 4 passed, 0 failed, 0 skipped, 0 blacklisted, 3ms
1/2 Test #1: engine/query/tst_a .....   Passed    0.03 sec
2/2 Test #2: engine/query/tst_b .....   Passed    0.03 sec" 0)"
}
failure_counts() {
    same '4 2' "$(counts '1: Totals: 4 passed, 2 failed, 0 skipped, 0 blacklisted, 3ms
1/1 Test #1: tst_a ...........***Failed    0.03 sec' 8)"
}
skip_counts() {
    same '4 1' "$(counts '1: Totals: 4 passed, 0 failed, 1 skipped, 0 blacklisted, 3ms
1/1 Test #1: tst_a .....   Passed    0.03 sec' 0)"
}
no_totals() { same '0 1' "$(counts '1/1 Test #1: tst_a .....   Passed    0.03 sec' 0)"; }
no_functions() {
    same '2 1' "$(counts "$qt
1: Totals: 2 passed, 0 failed, 0 skipped, 0 blacklisted, 3ms
1/1 Test #1: tst_a .....   Passed    0.03 sec" 0)"
}
crash_counts() {
    same '4 1' "$(counts '1: Totals: 4 passed, 0 failed, 0 skipped, 0 blacklisted, 3ms
1/1 Test #1: tst_a ..........***Exception: SegFault  0.03 sec' 8)"
}
repetitions_count() {
    same '8 1' "$(counts "1: Totals: 4 passed, 0 failed, 0 skipped, 0 blacklisted, 3ms
    Test #1: tst_a .....   Passed    0.03 sec
1: Totals: 4 passed, 0 failed, 0 skipped, 0 blacklisted, 3ms
    Test #1: tst_a ..........***Exception: SegFault  0.03 sec" 8)"
}
nothing_ran() { same '0 1' "$(counts 'No tests were found!!!' 0)"; }

if command -v python3 >/dev/null; then
    row 'functions of all entries are added' adds_up
    row 'failed functions are counted' failure_counts
    row 'a skipped function counts as failed' skip_counts
    row 'an entry without totals counts as failed' no_totals
    row 'a class without test functions counts as failed' no_functions
    row 'a crash after the totals counts as failed' crash_counts
    row 'a repetition that crashes is counted and shown like any other' repetitions_count
    row 'a run without entries counts as failed' nothing_ran
fi
