# shellcheck shell=bash
# Who may run it: root, root without the right to mount, and an ordinary user. Rows about another user need root.

# as_nobody COMMAND...: with a home of its own that nobody else may read.
as_nobody() {
    mkdir -p "$scratch/home"
    chown 65534:65534 "$scratch/home"
    chmod 700 "$scratch/home"
    HOME=$scratch/home setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
}

user_makes_and_enters() {
    export -n NUAGES_CACHE
    same 65534 "$(NUAGES_CACHE='' XDG_CACHE_HOME='' as_nobody "$tree/dev" run id -u)" &&
        same 65534 "$(stat -c %u "$scratch/home/.cache/nuages/roots"/*-build-*/usr/bin/env)"
}

user_enters_roots_root() { fresh shared && dev run true && same 65534 "$(as_nobody "$tree/dev" run id -u)"; }

tree_without_write_bits() {
    cp -r "$tree" "$scratch/locked"
    chmod -R a-w "$scratch/locked"
    fresh locked && dev run true && as_nobody "$scratch/locked/dev" run sh -c 'exit 42'
    same 42 $?
}

root_without_mounting() {
    setpriv --bounding-set=-sys_admin --inh-caps=-sys_admin "$tree/dev" run sh -c 'exit 42'
    same 42 $?
}

if [ "$(id -u)" = 0 ]; then
    row 'an ordinary user makes and enters a root of its own, with its own id' user_makes_and_enters
    row 'an ordinary user enters a root that root made' user_enters_roots_root
    row 'the tree may lack write bits' tree_without_write_bits
    row 'root without CAP_SYS_ADMIN goes by a user namespace' root_without_mounting
else
    own_id() { same "$(id -u)" "$(dev run id -u)"; }
    row 'an ordinary user keeps its own id' own_id
fi
