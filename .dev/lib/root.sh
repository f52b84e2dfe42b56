# shellcheck shell=bash
# Makes the Debian 13 roots: one for each package tier, named after the hash of its package list, never changed
# once complete.

suite=trixie

root_hash() { { tier_packages "$1"; echo "$suite"; } | sha256sum | cut -c1-12; }
root_path() { printf '%s/roots/%s-%s-%s' "$cache" "$suite" "$1" "$(root_hash "$1")"; }

# Sets `root` to the complete root of a tier, which is made first where it is missing. The build tier is content
# with the root of the test tier.
ensure_root() {
    local lock
    root=$(root_path "$1")
    if [ "$1" = build ] && [ ! -e "$root/.complete" ] && [ -e "$(root_path test)/.complete" ]; then
        root=$(root_path test)
    fi
    if [ -e "$root/.complete" ]; then
        touch -c "$root/.complete" 2>/dev/null || true # `clean` keeps what was used of late
        return
    fi
    mkdir -p "$cache/roots" || die "cannot write to $cache; set NUAGES_CACHE to a folder of yours"
    exec {lock}>"$cache/roots/.lock"
    if ! flock -n "$lock"; then
        say "another run is making a root; waiting for it"
        flock "$lock"
    fi
    [ -e "$root/.complete" ] || make_root "$1" "$lock"
    exec {lock}>&-
}

# Fills `root` under the lock. The tree arrives as a stream, so that every file belongs to the caller, root or
# not, and `rm -rf` is enough to be rid of it. tar keeps the lock: as long as it writes, nobody tidies.
make_root() {
    local tier=$1 lock=$2 size file
    size=$(tier_megabytes "$tier")
    need_maker
    remove_leftovers
    need_disk "$cache/roots" "$((size + 500))"
    need_disk /var/tmp "$((size + 500))" # with the archives, until all are unpacked
    say "making the root of tier '$tier' from Debian's $suite, once: a few minutes, $size MB"
    say "  in $root"
    part=$root.part
    scratch=$(mktemp -d "$(scratch_prefix)-XXXXXX")
    trap 'rm -rf -- "$part"; remove_scratch "$scratch"' EXIT
    chmod 755 "$scratch"
    mkdir "$part"
    if ! stream_root "$tier" "$scratch" "$root.log" {lock}>&- | tar -x --no-same-owner --delay-directory-restore \
        --exclude='./dev/*' -C "$part"; then
        tail -n 5 "$root.log" >&2
        die "the root could not be made (network? disk?), all of it in $root.log; nothing else is left behind"
    fi
    for file in "${host_files[@]}"; do
        [ -e "$part/etc/$file" ] || : >"$part/etc/$file"
    done
    : >"$part/.complete"
    mv -T -- "$part" "$root"
    remove_scratch "$scratch"
    trap - EXIT
    rm -f -- "$root.log"
    say "the root is complete"
}

need_maker() {
    if ! command -v mmdebstrap >/dev/null; then
        command -v apt-get >/dev/null || die "this system has neither CMake and Qt 6.8 nor the means of a Debian to \
make a Debian 13 root; see CONTRIBUTING.md, \"Other systems\""
        need_packages mmdebstrap debian-archive-keyring
    fi
    [ "$(id -u)" = 0 ] || command -v newuidmap >/dev/null || need_packages uidmap
}

# Writes the root as a tar archive to stdout. Without a mirror mmdebstrap takes Debian's archive with its updates.
stream_root() {
    local tier=$1 scratch=$2 log=$3 apart=()
    [ "$(id -u)" != 0 ] || apart=(unshare -m) # what it mounts ends with it, even if it is killed
    TMPDIR=$scratch "${apart[@]}" mmdebstrap --verbose --variant=apt --format=tar \
        --dpkgopt=force-unsafe-io --dpkgopt='path-exclude=/usr/share/man/*' \
        --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
        --dpkgopt='path-exclude=/usr/share/locale/*' \
        --aptopt='Acquire::Languages "none"' --aptopt='APT::Install-Recommends "false"' \
        --include="$(tier_packages "$tier" | sed 's/|.*//' | paste -sd,)" \
        "$suite" - ${NUAGES_MIRROR:+"$NUAGES_MIRROR"} 2> >(tee "$log" | report_progress)
}

# Reads what mmdebstrap, apt and dpkg say, and tells every few seconds how far they are.
report_progress() {
    local line word='' got=0 unpacked=0 ready=0 total=0 last=$SECONDS
    while IFS= read -r line; do
        case $line in
            Get:*InRelease* | Get:*' Packages '*) word=reading ;;
            Get:*) word=downloading got=$((got + 1)) ;;
            Unpacking\ *) word=unpacking unpacked=$((unpacked + 1)) ;;
            'Setting up '*) word='setting up' ready=$((ready + 1)) ;;
            'I: creating tarball'*) word=packing ;;
            *' newly installed,'*)
                line=${line% newly installed,*}
                total=$((total + ${line##* }))
                ;;
        esac
        if [ -n "$word" ] && [ $((SECONDS - last)) -ge 5 ]; then
            last=$SECONDS
            say "  $SECONDS s, $word: of $total packages $got are here, $unpacked unpacked, $ready ready"
        fi
    done
}

# mmdebstrap works on a disk, which /tmp need not be. One name for a user's cache, whose lock covers it.
scratch_prefix() { printf '/var/tmp/nuages-root-%s-%s' "$(id -u)" "$(cksum <<<"$cache" | cut -d' ' -f1)"; }

# Removes what interrupted runs left. Only under the lock.
remove_leftovers() {
    local folder
    rm -rf --one-file-system -- "$cache"/roots/*.part
    for folder in "$(scratch_prefix)"-*; do
        [ ! -d "$folder" ] || remove_scratch "$folder"
    done
}

# mmdebstrap's own folder: without root rights its files belong to subordinate users.
remove_scratch() {
    rm -rf --one-file-system -- "$1" 2>/dev/null || [ "$(id -u)" = 0 ] \
        || mmdebstrap --unshare-helper rm -rf -- "$1" || true
}
