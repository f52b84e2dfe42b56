# shellcheck shell=bash
# A static Qt Core, for the headless program as one file: compiled once from Debian's source of Qt, in the root of tier
# `package`, and cached like a root. The source is pinned by .dev/qt.sha256; what is built of it, .dev/static says.

static_pins=$here/.dev/qt.sha256
static_megabytes=600 # while it is made; what stays is 60

# Prints the version of Debian's source package, as the pinned .dsc has it.
static_version() { sed -n 's/.*_\(.*\)\.dsc$/\1/p' "$static_pins"; }

# Prints where the prefix of this recipe and this root is or will be.
static_path() {
    local hash
    hash=$({
        cat -- "$static_pins" "$here"/.dev/static/*
        if is_native; then echo native; else root_hash package; fi
    } | sha256sum | cut -c1-12)
    hash=$(static_version)-$hash
    printf '%s/static/qt-%s' "$cache" "${hash/+*-/-}" # CMake reads a + in a path as more than a letter
}

# Whether the static Qt is there already, so that the static program costs only its own compilation.
has_static_qt() { [ -d "$(static_path)" ]; }

# Sets `static_qt` to the prefix, which is made first where it is missing, with the tools of tier `package`.
ensure_static_qt() {
    local lock
    static_qt=$(static_path)
    if [ -d "$static_qt" ]; then
        touch -c "$static_qt" 2>/dev/null || true # `clean` keeps what was used of late
        return
    fi
    need_tier package
    mkdir -p "$cache/static" || die "cannot write to $cache; set NUAGES_CACHE to a folder of yours"
    exec {lock}>"$cache/static/.lock"
    if ! flock -n "$lock"; then
        say "another run is making the static Qt; waiting for it"
        flock "$lock"
    fi
    [ -d "$static_qt" ] || make_static_qt
    exec {lock}>&-
}

# Fills `static_qt` under the lock.
make_static_qt() {
    local log=$static_qt.log
    rm -rf --one-file-system -- "$cache"/static/*.part # an interrupted run's; a folder has its name only once complete
    need_disk "$cache/static" "$static_megabytes"
    say "making the static Qt Core $(static_version), once: 14 minutes of one processor, $static_megabytes MB on the way"
    say "  in $static_qt"
    part=$static_qt.part
    trap 'rm -rf --one-file-system -- "$part"' EXIT
    mkdir "$part"
    fetch_qt_source "$part"
    if ! inside nice -n 10 sh "$here/.dev/static/build" "$part" </dev/null 2>&1 | tee "$log" | report_ninja; then
        grep -m 1 -A 20 '^FAILED:' "$log" >&2 || tail -n 20 "$log" >&2
        die "the static Qt could not be made (disk? memory?), all of it in $log; nothing else is left behind"
    fi
    mv -T -- "$part/qt/usr" "$static_qt"
    rm -rf --one-file-system -- "$part"
    trap - EXIT
    rm -f -- "$log"
    say "the static Qt is complete"
}

# Puts Debian's source package of Qt into a folder, on the machine's side, by apt-get with lists of its own.
fetch_qt_source() {
    local folder=$1 apt=$1/apt options
    mkdir -p "$apt"/{lists,archives}/partial
    qt_source_lines >"$apt/sources.list"
    options=(-o "Dir::Etc::SourceList=$apt/sources.list" -o Dir::Etc::SourceParts=/dev/null -o "Dir::State=$apt"
        -o Dir::State::Status=/dev/null -o "Dir::Cache=$apt" -o APT::Sandbox::User= -o 'Acquire::Languages=none')
    say "fetching the source of Qt, 47 MB"
    if ! (cd "$folder" && apt-get -q "${options[@]}" update &&
        apt-get -q "${options[@]}" source --download-only "qt6-base=$(static_version)") >"$apt/log" 2>&1; then
        tail -n 3 "$apt/log" >&2
        die "apt-get could not fetch the source of qt6-base $(static_version): is there a network, and does the mirror \
still have this version? NUAGES_MIRROR names another one, and .dev/qt.sha256 the version"
    fi
    (cd "$folder" && sha256sum --status --check "$static_pins") || die "what arrived as the source of qt6-base has \
other hashes than .dev/qt.sha256; nothing was kept"
    rm -rf -- "$apt"
}

# Prints the lines of a sources.list: of NUAGES_MIRROR, or of the mirror that the root came from; natively, of the
# machine's own.
qt_source_lines() {
    local keys='[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]'
    if [ -n "${NUAGES_MIRROR-}" ]; then
        echo "deb-src $keys $NUAGES_MIRROR $suite main"
    elif [ -n "$root" ]; then
        sed -nE "s/^deb (\[[^]]*\] )?/deb-src $(sed 's/[\/&]/\\&/g' <<<"$keys") /p" "$root/etc/apt/sources.list"
    else
        apt-get indextargets --format "deb-src $keys \$(REPO_URI) \$(RELEASE) \$(COMPONENT)" \
            'Created-By: Packages' 'Origin: Debian' | sort -u
    fi
}

# Reads the steps of ninja, and tells every ten seconds how far they are. A second program of the recipe begins anew.
report_ninja() {
    local line last=$SECONDS begin=$SECONDS
    while IFS= read -r line; do
        if [ $((SECONDS - last)) -ge 10 ] && [[ $line =~ ^\[([0-9]+)/([0-9]+)\] ]]; then
            last=$SECONDS
            say "  $((SECONDS - begin)) s, compiling: ${BASH_REMATCH[1]} of ${BASH_REMATCH[2]} steps"
        fi
    done
}

# Sets `static_program` to the headless program as one file.
build_static_program() {
    ensure_static_qt
    need_tier package
    export NUAGES_STATIC_QT=$static_qt
    find_build_dir static
    lock_build
    # A folder that was configured with another Qt keeps it.
    grep -sqF "=$static_qt" "$build_dir/CMakeCache.txt" || rm -rf --one-file-system -- "$build_dir"
    build static nuages
    unlock_build
    # shellcheck disable=SC2034 # for the caller
    static_program=$build_dir/app/nuages
}
