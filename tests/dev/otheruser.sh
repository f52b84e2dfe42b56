# shellcheck shell=bash
# The program that was built last, and a process of another user: in the real root, as the tiny ones have no program.

another_user_is_refused() {
    local program
    # shellcheck disable=SC2012 # our own names
    program=$(ls -t "$here"/build/check*/app/nuages 2>/dev/null | head -n 1)
    [ -n "$program" ] || { echo "no nuages is built; ./dev build"; return 77; }
    printf 'exec python3 %q %q\n' "$here/tests/dev/otheruser.py" "$program" |
        env -u NUAGES_ROOT -u NUAGES_CACHE "${callers_environment[@]}" "$here/dev" shell test
}

row 'a server refuses a process of another user who calls its socket' another_user_is_refused
