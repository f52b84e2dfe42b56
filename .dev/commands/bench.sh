# shellcheck shell=bash
# ./dev bench WORD... [--against COMMIT]: see tests/benchmarks/README.md. With --against that commit is built as well,
# in the cache, and takes the peer's place.
# shellcheck source=.dev/lib/host_python.sh
. "$here/.dev/lib/host_python.sh"

commit='' words=()
while [ $# -gt 0 ]; do
    case $1 in
        -h | --help)
            exec cat "$here/tests/benchmarks/README.md"
            ;;
        --against)
            [ $# -gt 1 ] || die "bench against what? ./dev bench check --against COMMIT"
            commit=$2
            shift
            ;;
        *) words+=("$1") ;;
    esac
    shift
done

# Unpacks the commit in the cache, once, and sets `peer_tree` to its folder.
unpack_peer() {
    local id
    id=$(git -C "$here" rev-parse --verify --quiet "$1^{commit}") || die "there is no commit '$1' in this repository"
    peer_tree=$cache/bench/commits/$id
    [ ! -e "$peer_tree/CMakePresets.json" ] || return 0
    rm -rf -- "$peer_tree" "$peer_tree.part"
    mkdir -p "$peer_tree.part"
    git -C "$here" archive "$id" | tar -x -C "$peer_tree.part"
    mv -T -- "$peer_tree.part" "$peer_tree"
}

if [ "${words[0]-}" = start ] && [ -z "$commit" ]; then
    # shellcheck source=.dev/lib/static.sh
    . "$here/.dev/lib/static.sh"
    build_static_program
    export NUAGES_STATIC=$static_program
fi

need_tier extra
case ${words[0]-} in
    salsa) targets=(bench_query) ;;
    lesson) targets=(bench_lesson) ;;
    window) targets=(nuages nuages-inspector bench_query bench_window) ;;
    *) targets=(nuages nuages-inspector bench_query) ;;
esac
build release "${targets[@]}"
unlock_build
export NUAGES_ENGINE_BUILD_DIR=$build_dir NUAGES_BUILD_DIR=$build_dir
if [ -n "$commit" ]; then
    unpack_peer "$commit"
    say "building $commit in $peer_tree"
    here=$peer_tree build release nuages nuages-inspector bench_query
    unlock_build
    export NUAGES_PEER_BUILD_DIR=$build_dir NUAGES_PEER=$commit
elif [[ ! ${words[0]-} =~ ^(first|salsa|lesson)$ ]]; then
    build package nuages nuages-inspector # what users install
    unlock_build
    NUAGES_BUILD_DIR=$build_dir
fi
pass_python_configuration
NUAGES_PROGRAM=$NUAGES_BUILD_DIR/app/nuages exec_inside "$here/tests/benchmarks/run" "${words[@]}"
