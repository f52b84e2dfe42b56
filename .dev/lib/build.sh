# shellcheck shell=bash
# Configures and builds presets. A root has build folders of its own, named after its hash; without a root they
# are those of plain `cmake --preset`.

# Sets `build_dir` to the folder of a preset: under build/, or in the cache if the tree cannot be written.
find_build_dir() {
    local base=$here/build
    if ! mkdir -p "$base" 2>/dev/null || [ ! -w "$base" ]; then
        base=$cache/builds/$(sha256sum <<<"$here" | cut -c1-12)
        mkdir -p "$base"
    fi
    build_dir=$base/$1
    [ -z "$root" ] || build_dir+=-${root##*-}
}

# One run at a time in a build folder. The lock is on `build_lock` until unlock_build or the end of ./dev.
lock_build() {
    [ -z "${build_lock-}" ] || return 0
    exec {build_lock}>"$build_dir.lock"
    if ! flock -n "$build_lock"; then
        say "another run is building in $build_dir; waiting for it"
        flock "$build_lock"
    fi
}

unlock_build() {
    [ -z "${build_lock-}" ] || exec {build_lock}>&-
    build_lock=
}

# Tells the build folder which commit it builds, for --version: a root has no git.
note_commit() {
    local commit
    commit=$(git -C "$here" rev-parse --short=10 HEAD 2>/dev/null) || return 0
    [ "$commit" = "$(cat "$build_dir/commit" 2>/dev/null)" ] || echo "$commit" >"$build_dir/commit"
}

# Succeeds if the targets are as new as their sources; ninja then would only say so, to whoever reads our stderr.
is_built() {
    [ "$(inside ninja -C "$build_dir" -n "$@" 2>/dev/null </dev/null | tail -n 1)" = 'ninja: no work to do.' ]
}

# Builds targets of a preset with the tools of the last need_tier; everything is said on stderr, and nothing if there
# is nothing to build. Ends with exit code 1 if the project does not build.
build() {
    local preset=$1 target targets=()
    shift
    for target in "$@"; do targets+=(--target "$target"); done
    ensure_grammar
    find_build_dir "$preset"
    lock_build
    mkdir -p "$build_dir"
    note_commit
    if [ ! -e "$build_dir/build.ninja" ]; then
        say "configuring preset $preset in $build_dir"
        (cd "$here" && inside cmake --preset "$preset" -B "$build_dir" "-DNUAGES_GRAMMAR_DIR=$grammar_dir") \
            >"$build_dir.log" 2>&1 </dev/null || { cat "$build_dir.log" >&2; exit 1; }
    fi
    if is_built "$@"; then return; fi
    inside cmake --build "$build_dir" "${targets[@]}" >&2 </dev/null || exit 1
}
