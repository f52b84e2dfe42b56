# shellcheck shell=bash
# ./dev clean [all]: says what it removes. A root is outdated if no tier of this tree has its hash and nobody
# used it for 30 days: another checkout may still want it. So is a static Qt.
# shellcheck source=.dev/lib/static.sh
. "$here/.dev/lib/static.sh"

remove() {
    say "removing $1"
    rm -rf --one-file-system -- "$1"
}

under_root_lock() {
    local lock
    [ -d "$cache/roots" ] || return 0
    exec {lock}>"$cache/roots/.lock"
    flock -n "$lock" || die "another run is making a root; try again when it is done"
    "$@"
    exec {lock}>&-
}

remove_outdated() {
    local path tier current=''
    for tier in "${tiers[@]}"; do current+=" $(root_path "$tier") "; done
    remove_leftovers
    for path in "$cache"/roots/*; do
        if [[ $current != *" $path "* ]] && [ -n "$(find "$path/.complete" -mtime +30 2>/dev/null)" ]; then
            remove "$path"
        fi
    done
    for path in "$cache"/static/qt-*; do
        if [ "$path" != "$(static_path)" ] && [ -n "$(find "$path" -maxdepth 0 -mtime +30 2>/dev/null)" ]; then
            remove "$path"
        fi
    done
}

case ${1-} in
    '')
        [ ! -d "$here/build" ] || remove "$here/build"
        under_root_lock remove_outdated
        ;;
    all)
        [ ! -d "$here/build" ] || remove "$here/build"
        under_root_lock remove "$cache"
        ;;
    *) die "clean what? ./dev clean, or ./dev clean all" ;;
esac
