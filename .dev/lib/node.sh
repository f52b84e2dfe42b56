# shellcheck shell=bash
# VS Code's own client library for tests/editors: fetched once, on the machine's side, by npm; checked by hash.

node_pins=$here/.dev/node.sha256
node_packages=$cache/node/$(sha256sum <"$node_pins" | cut -c1-12)

# Makes sure that NUAGES_NODE_PACKAGES names a folder with the packages. One that is set already is taken as it is.
ensure_node_packages() {
    local part file name specs=()
    [ -z "${NUAGES_NODE_PACKAGES-}" ] || return 0
    export NUAGES_NODE_PACKAGES=$node_packages
    [ ! -d "$node_packages" ] || return 0
    command -v npm >/dev/null || die "tests/editors needs packages of npm: install npm (and let it reach its \
registry), or set NUAGES_NODE_PACKAGES to a folder with what .dev/node.sha256 names"
    mkdir -p "$cache/node"
    part=$(mktemp -d "$cache/node/.part-XXXXXX")
    # shellcheck disable=SC2064 # the folder of now
    trap "rm -rf -- '${part//\'/\'\\\'\'}'" EXIT
    mapfile -t specs < <(sed -E 's/^[0-9a-f]+  (.*)-([^-]*)\.tgz$/\1@\2/' "$node_pins")
    say "fetching ${specs[*]}"
    if ! (cd "$part" && npm pack --silent "${specs[@]}" >/dev/null 2>npm.log </dev/null); then
        tail -n 3 "$part/npm.log" >&2
        die "npm could not fetch ${specs[*]}; nothing was kept"
    fi
    (cd "$part" && sha256sum --status --check "$node_pins") || die "what arrived has other hashes than \
.dev/node.sha256; nothing was kept"
    for file in "$part"/*.tgz; do
        name=${file##*/}
        mkdir -p "$part/packages/${name%-*}"
        tar -xz --no-same-owner --strip-components=1 -C "$part/packages/${name%-*}" -f "$file"
    done
    mv -T -- "$part/packages" "$node_packages" 2>/dev/null || [ -d "$node_packages" ] # another run was faster
    rm -rf -- "$part"
    trap - EXIT
    say "  in $node_packages"
}
