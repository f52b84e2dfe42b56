# shellcheck shell=bash
# What `./dev run` says while it builds, with a cmake and a ninja that only pretend.

pretend_tools() {
    fresh building
    export NUAGES_GRAMMAR_DIR=$scratch
    rm -rf -- "$tree/build"
    printf '%s\n' '#!/bin/sh' 'case $1 in' \
        '--preset) mkdir -p "$4" && : >"$4/build.ninja" ;;' \
        '--build) echo "[1/1] making $4"; mkdir -p "$2/app"; echo "echo made for $2" >"$2/app/$4"; chmod 755 "$2/app/$4" ;;' \
        'esac' >"$scratch/root/usr/bin/cmake"
    printf '%s\n' '#!/bin/sh' 'echo "ninja: Entering directory"' \
        'if [ -e "$2/app/$4" ]; then echo "ninja: no work to do."; else echo "[1/1] making $4"; fi' \
        >"$scratch/root/usr/bin/ninja"
    chmod 755 "$scratch/root/usr/bin/cmake" "$scratch/root/usr/bin/ninja"
    cp -L "$(type -P mkdir)" "$(type -P chmod)" "$scratch/root/usr/bin"
}

builds_release() {
    pretend_tools
    local said
    said=$(dev run nuages 2>"$scratch/stderr") && holds "$said" 'made for' && holds "$said" '/build/release-' &&
        holds "$(cat "$scratch/stderr")" '[1/1] making nuages'
}
row 'a program is built, optimised, before it runs' builds_release

nothing_to_build() {
    pretend_tools
    dev run nuages >"$scratch/first" 2>/dev/null
    dev run nuages >"$scratch/second" 2>"$scratch/stderr"
    same "$(cat "$scratch/first")" "$(cat "$scratch/second")" && same '' "$(cat "$scratch/stderr")"
}
row 'where there is nothing to build, nothing is said' nothing_to_build
