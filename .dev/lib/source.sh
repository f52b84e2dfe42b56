# shellcheck shell=bash
# The source tarball: what git has at HEAD, the commit's name and the Python grammar, so that it builds without a network.

package_version() { sed -n 's/^project(nuages VERSION \([0-9.]*\).*/\1/p' "$here/CMakeLists.txt"; }

# Sets SOURCE_DATE_EPOCH, which everything packed takes for its times, to the time of HEAD.
use_time_of_head() {
    SOURCE_DATE_EPOCH=$(git -C "$here" log -1 --format=%ct 2>/dev/null) || die "packages are made of a commit: this tree \
has none, or git is not installed"
    export SOURCE_DATE_EPOCH
    [ -z "$(git -C "$here" status --porcelain)" ] || say "packages are made of HEAD: what is not committed is not in them"
}

# Writes FOLDER/nuages-VERSION.tar.xz and sets `tarball` to it. The same bytes each time.
make_tarball() {
    local name stage
    name=nuages-$(package_version)
    tarball=$1/$name.tar.xz
    ensure_grammar
    stage=$(mktemp -d "$1/.source-XXXXXX")
    mkdir "$stage/$name"
    git -C "$here" archive HEAD | tar -x -C "$stage/$name"
    git -C "$here" rev-parse --short=10 HEAD >"$stage/$name/.dev/commit"
    mkdir "$stage/$name/.dev/grammar"
    cp -r -- "$grammar_dir"/{parser.c,scanner.c,tree_sitter} "$stage/$name/.dev/grammar"
    chmod -R u=rwX,go=rX "$stage/$name"
    tar -c --format=gnu --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner -C "$stage" "$name" |
        xz -6 --threads=1 >"$tarball.part"
    mv -T -- "$tarball.part" "$tarball"
    rm -rf -- "$stage"
    say "  $tarball"
}

# Unpacks `tarball` into build/package-tree, where packages are built, and sets `tree` to it. Build folders stay if they
# are of the same commit; all files carry its time, so ninja could not tell those of another.
unpack_tarball() {
    tree=$here/build/package-tree
    rm -rf -- "$tree.new"
    mkdir -p "$tree.new"
    tar -xJf "$tarball" -C "$tree.new" --strip-components=1
    if [ -d "$tree/build" ] && cmp -s "$tree/.dev/commit" "$tree.new/.dev/commit"; then
        mv -- "$tree/build" "$tree.new/build"
    fi
    rm -rf -- "$tree"
    mv -T -- "$tree.new" "$tree"
}
