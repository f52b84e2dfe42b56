# shellcheck shell=bash
# Packages of npm: fetched once, on the machine's side, and checked by hash. A pin is a line "HASH  NAME-VERSION.tgz",
# where a name may have a scope: "@types/node-20.19.0.tgz".

node_pins=$here/.dev/node.sha256
node_packages=$cache/node/$(sha256sum <"$node_pins" | cut -c1-12)

# Makes sure that FOLDER holds the packages that the file PINS names, each in a folder of its name. WHO needs them.
# None of their scripts is run.
fetch_packages() {
    local pins=$1 folder=$2 who=$3 part name spec specs=()
    [ ! -d "$folder" ] || return 0
    command -v npm >/dev/null || die "$who needs packages of npm: install npm (and let it reach its registry)"
    mkdir -p "$cache/node"
    part=$(mktemp -d "$cache/node/.part-XXXXXX")
    # shellcheck disable=SC2064 # the folder of now
    trap "rm -rf -- '${part//\'/\'\\\'\'}'" EXIT
    mapfile -t specs < <(sed -E 's/^[0-9a-f]+  (.*)-([0-9]+\.[0-9]+\.[0-9]+.*)\.tgz$/\1@\2/' "$pins")
    say "fetching ${specs[*]}"
    if ! (cd "$part" && npm pack --silent "${specs[@]}" >/dev/null 2>npm.log </dev/null); then
        tail -n 3 "$part/npm.log" >&2
        die "npm could not fetch ${specs[*]}; nothing was kept"
    fi
    # npm calls the archive of @types/node types-node.
    sed -E 's,  @([^/]*)/,  \1-,' "$pins" >"$part/pins"
    (cd "$part" && sha256sum --status --check pins) || die "what arrived has other hashes than \
.dev/${pins##*/}; nothing was kept"
    for spec in "${specs[@]}"; do
        name=${spec%@*}
        mkdir -p "$part/packages/$name"
        tar -xz --no-same-owner --strip-components=1 -C "$part/packages/$name" \
            -f "$part/$(tr / - <<<"${name#@}")-${spec##*@}.tgz"
    done
    mkdir -p "$(dirname -- "$folder")"
    mv -T -- "$part/packages" "$folder" 2>/dev/null || [ -d "$folder" ] # another run was faster
    rm -rf -- "$part"
    trap - EXIT
    say "  in $folder"
}

# VS Code's own client library for tests/editors, and the schema of SARIF for tests/ci. Makes sure that NUAGES_NODE_PACKAGES names a folder with it; one that
# is set already is taken as it is.
ensure_node_packages() {
    [ -z "${NUAGES_NODE_PACKAGES-}" ] || return 0
    export NUAGES_NODE_PACKAGES=$node_packages
    fetch_packages "$node_pins" "$node_packages" "tests/editors and tests/ci, unless NUAGES_NODE_PACKAGES names a folder with them,"
}
