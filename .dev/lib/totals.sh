# shellcheck shell=bash
# Counts test functions over ctest and the scripts that test what ctest cannot: those that need the machine itself.

passed=0
failed=0

# Adds what a script says in its last line of Qt Test's form, "Totals: 5 passed, 0 failed, 0 skipped, …".
# What stands before its name is how it is run. A script that says no totals, or fails without a failed test, counts as one failed test.
add_script() {
    local log status=0 line more=0 bad=1 name=$1
    [ "$name" != inside ] || name=$2
    log=$(mktemp)
    say "running $name"
    "$@" </dev/null 2>&1 | tee "$log" || status=$?
    line=$(grep '^Totals: ' "$log" | tail -n 1) || true
    rm -f "$log"
    if [[ $line =~ ^Totals:\ ([0-9]+)\ passed,\ ([0-9]+)\ failed,\ ([0-9]+)\ skipped ]]; then
        more=${BASH_REMATCH[1]} bad=$((BASH_REMATCH[2] + BASH_REMATCH[3]))
        if [ $status != 0 ] && [ $bad = 0 ]; then bad=1; fi
    fi
    passed=$((passed + more))
    failed=$((failed + bad))
}

# Runs ctest in a preset's build folder, with more arguments of ctest, and adds its totals.
add_ctest() {
    local preset=$1 result=$build_dir.totals more bad
    shift
    rm -f "$result"
    # Not the developer's environment: what a virtual environment or a Django project of theirs says is no part of a test.
    (
        cd "$here"
        unset VIRTUAL_ENV DJANGO_SETTINGS_MODULE PYTHONPATH PYTHONHOME
        inside python3 "$here/.dev/lib/totals.py" "$result" \
            ctest --preset "$preset" --test-dir "$build_dir" --verbose --parallel 2 "$@"
    ) || true
    if ! read -r more bad <"$result"; then
        more=0 bad=1 # it was killed
    fi
    passed=$((passed + more))
    failed=$((failed + bad))
}

# The last line of a run. Returns 1 if a test failed.
print_totals() {
    echo "$passed passed, $failed failed"
    [ "$failed" = 0 ] && [ "$passed" -gt 0 ]
}
