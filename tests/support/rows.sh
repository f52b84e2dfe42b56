# shellcheck shell=bash
# Rows of a test that is a script: each a sentence and the function that succeeds if it holds. Its last line is of Qt
# Test's form. `rows` names what is tested; `wanted` the functions to run, empty for all.

rows_passed=0
rows_failed=0

# row SENTENCE FUNCTION: what the function prints is shown if it fails. One that returns 77 cannot be run here, which
# its last line says: it counts nowhere, as what the machine lacks is no mistake.
row() {
    local output code
    if [ ${#wanted[@]} -gt 0 ] && [[ " ${wanted[*]} " != *" $2 "* ]]; then return; fi
    code=0
    output=$("$2" 2>&1) || code=$?
    if [ $code = 0 ]; then
        rows_passed=$((rows_passed + 1))
        echo "PASS   : $rows $2: $1"
    elif [ $code = 77 ]; then
        echo "SKIP   : $rows $2: $1: ${output##*$'\n'}"
    else
        rows_failed=$((rows_failed + 1))
        echo "FAIL!  : $rows $2: $1"
        printf '%s\n' "$output"
    fi
}

# same EXPECTED ACTUAL
same() { [ "$1" = "$2" ] || { echo "expected: $1"; echo "actual:   $2"; return 1; }; }

# holds TEXT PART
holds() { [[ $1 == *"$2"* ]] || { echo "missing: $2"; echo "in:      $1"; return 1; }; }

# Prints the last line. Returns 1 if a row failed.
end_rows() {
    echo "Totals: $rows_passed passed, $rows_failed failed, 0 skipped, 0 blacklisted"
    [ $rows_failed = 0 ]
}
