# shellcheck shell=bash
# A program started by `./dev run` is this process: its code, descriptors and signals pass untouched.

exit_code() { dev run sh -c 'exit 42'; same 42 $?; }
row 'the exit code of the program comes back' exit_code

stdin_pipe() { same hello "$(echo hello | dev run cat)"; }
row 'the program reads a pipe' stdin_pipe

stdin_null() { same '' "$(dev run cat </dev/null)"; }
row 'the program reads /dev/null' stdin_null

stdin_closed() { same closed "$(dev run sh -c '[ -e /proc/self/fd/0 ] && echo open || echo closed' <&-)"; }
row 'a closed stdin stays closed' stdin_closed

stdout_alone() { fresh stdout && same only "$(dev run sh -c 'echo only' 2>/dev/null)"; }
row 'stdout is the program'\''s alone, even while a root is made' stdout_alone

same_process() {
    "$tree/dev" run sh -c 'echo $$' >"$scratch/said" 2>/dev/null &
    local started=$!
    wait "$started"
    same "$started" "$(cat "$scratch/said")"
}
row 'the program is the process that was started' same_process

# start PROGRAM: runs it in the background and returns when it said "ready". Sets `pid`.
start() {
    rm -f "$scratch/ready"
    mkfifo "$scratch/ready"
    "$tree/dev" run sh -c "$1" >"$scratch/ready" 2>/dev/null &
    pid=$!
    read -r _ <"$scratch/ready"
}

term_reaches() {
    start 'trap "exit 7" TERM; echo ready; while :; do sleep 0.02; done'
    kill -TERM "$pid"
    wait "$pid"
    same 7 $?
}
row 'TERM reaches the program, whose trap decides the exit code' term_reaches

kill_leaves_nothing() {
    start 'echo ready; exec sleep 100'
    kill -KILL "$pid"
    wait "$pid"
    same 137 $? && ! kill -0 "$pid" 2>/dev/null
}
row 'KILL ends the program with 137 and leaves no process' kill_leaves_nothing

interrupt() {
    local ready=$scratch/ready over=$scratch/over program
    rm -f "$ready" "$over"
    mkfifo "$ready" "$over"
    program="trap \"exit 130\" INT; echo >\"$ready\"; while :; do sleep 0.02; done"
    # The pseudo-terminal sends INT for the byte 3, as it does when somebody types Ctrl-C. A shell in the background
    # ignores INT and hands that down, so it is set right first.
    { read -r _ <"$ready" && printf '\003' && read -r _ <"$over"; } | {
        env --default-signal=INT script -qec "'$tree/dev' run sh -c '$program'" /dev/null >/dev/null 2>&1
        code=$?
        echo >"$over"
        same 130 $code
    }
}
row 'Ctrl-C on a terminal reaches the program' interrupt

four_at_once() {
    local n pids=() sum=0
    for n in 1 2 3 4; do
        dev run sh -c "exit $n" &
        pids+=($!)
    done
    for n in "${pids[@]}"; do
        wait "$n"
        sum=$((sum * 10 + $?))
    done
    same 1234 $sum
}
row 'four runs at once do not disturb each other' four_at_once

no_leaked_mounts() {
    local before after
    before=$(cat /proc/self/mountinfo)
    dev run true && dev run sh -c 'exit 3'
    after=$(cat /proc/self/mountinfo)
    same "$before" "$after"
}
row 'no mount outlives a run' no_leaked_mounts

root_is_read_only() {
    ! dev run touch /usr/bin/new 2>/dev/null && ! dev run touch /etc/new 2>/dev/null
}
row 'a root cannot be changed from within' root_is_read_only

working_folder() { same "$scratch" "$(cd "$scratch" && dev run sh -c 'pwd')"; }
row 'the program starts in the folder it was called from' working_folder

tools_are_the_roots() { same /usr/bin/cat "$(dev run sh -c 'command -v cat')"; }
row 'PATH holds the programs of the root, not the shims of the machine' tools_are_the_roots

no_network() {
    if [ "$(id -u)" = 0 ]; then unshare -n "$tree/dev" run true; else unshare -Urn "$tree/dev" run true; fi
}
row 'a run needs no network once its root is there' no_network

read_only_tree() {
    unshare -Urm sh -c 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && "$1/dev" run sh -c "exit 42"' sh "$tree"
    same 42 $?
}
row 'the tree may lie on a read-only mount' read_only_tree

wrong_tier() {
    local said code=0
    said=$(dev shell bash 2>&1 </dev/null) || code=$?
    same 2 "$code" && same "dev: there is no package tier 'bash'; they are build test lint extra package editors" "$said"
}
row 'a wrong tier is one sentence and exit code 2' wrong_tier
