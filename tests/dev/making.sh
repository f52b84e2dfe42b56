# shellcheck shell=bash
# A root is made once, by one run, wholly or not at all.

made_once() {
    fresh once && : >"$scratch/made"
    dev run true && dev run true && same 1 "$(wc -l <"$scratch/made")"
}
row 'the second run uses the root of the first' made_once

# begin: starts a run whose maker waits at the gate; returns when it is there. Sets `pid`, a process group of its own.
begin() {
    : >"$scratch/made"
    rm -f "$scratch/gate"
    mkfifo "$scratch/gate"
    setsid "$tree/dev" run sh -c 'exit 5' >/dev/null 2>"$scratch/first" &
    pid=$!
    # The gate opens for writing when the maker reads it.
    exec 9>"$scratch/gate"
}

second_waits() {
    local second
    fresh lock
    begin
    mkfifo "$scratch/words"
    "$tree/dev" run sh -c 'exit 6' 2>"$scratch/words" 9>&- &
    second=$!
    local line
    read -r line <"$scratch/words"
    rm -f "$scratch/words" "$scratch/gate"
    exec 9>&- # the maker goes on
    wait "$pid"
    same 5 $? || return 1
    wait "$second"
    same 6 $? && holds "$line" waiting && same 1 "$(wc -l <"$scratch/made")"
}
row 'a second run during the making waits for it, says so, and goes on' second_waits

killed_while_making() {
    fresh killed
    begin
    kill -KILL -- "-$pid"
    wait "$pid"
    exec 9>&-
    rm -f "$scratch/gate"
    same 1 "$(parts_left)" || return 1
    dev run sh -c 'exit 8'
    same 8 $? && same 0 "$(parts_left)" && same 0 "$(scratch_left)"
}
row 'what KILL leaves of a making, the next run removes' killed_while_making

interrupted_while_making() {
    fresh interrupted
    begin
    kill -TERM -- "-$pid"
    wait "$pid"
    local code=$?
    exec 9>&-
    rm -f "$scratch/gate"
    same 143 $code && same 0 "$(parts_left)" && same 0 "$(scratch_left)"
}
row 'a making that is stopped leaves nothing' interrupted_while_making

maker_fails() {
    local words
    fresh failing
    touch "$scratch/broken"
    words=$(dev run true 2>&1)
    local code=$?
    rm -f "$scratch/broken"
    same 2 $code && holds "$words" 'E: no network' && holds "$words" 'could not be made' && same 0 "$(parts_left)" &&
        same 0 "$(scratch_left)"
}
row 'a making that fails says why, exits 2 and leaves nothing' maker_fails

disk_is_full() {
    local words
    fresh disk
    printf '#!/bin/sh\necho header; echo fs 100 90 10 90%% /\n' >"$scratch/bin/df"
    chmod 755 "$scratch/bin/df"
    words=$(dev run true 2>&1)
    local code=$?
    rm -f "$scratch/bin/df"
    same 2 $code && holds "$words" '10 MB left'
}
row 'a disk without room is named before anything is made' disk_is_full

other_list_other_root() {
    fresh list
    dev run true && echo another-package >>"$tree/.dev/packages/build" && dev run true
    local code=$?
    sed -i '/^another-package$/d' "$tree/.dev/packages/build"
    same 0 $code && same 2 "$(find "$NUAGES_CACHE/roots" -name .complete | wc -l)"
}
row 'a changed package list has a root of its own' other_list_other_root
