# shellcheck shell=bash
# The Python grammar: fetched once, on the machine's side, by whichever client is there; checked by hash.

grammar_version=0.23.6
grammar_dir=$cache/grammars/tree-sitter-python-$grammar_version

grammar_is_right() { (cd "$1" 2>/dev/null && sha256sum --quiet --check "$here/.dev/grammar.sha256" >/dev/null 2>&1); }

# Makes sure that `grammar_dir` holds the grammar. A folder given by NUAGES_GRAMMAR_DIR is taken as it is.
ensure_grammar() {
    local part source
    if [ -n "${NUAGES_GRAMMAR_DIR-}" ]; then
        grammar_dir=$NUAGES_GRAMMAR_DIR
        return
    fi
    if grammar_is_right "$here/.dev/grammar"; then
        grammar_dir=$here/.dev/grammar # a source tarball has it
        return
    fi
    if grammar_is_right "$grammar_dir"; then return; fi
    mkdir -p "$cache/grammars"
    part=$(mktemp -d "$cache/grammars/.part-XXXXXX")
    # shellcheck disable=SC2064 # the folder of now
    trap "rm -rf -- '${part//\'/\'\\\'\'}'" EXIT
    command -v npm >/dev/null || command -v cargo >/dev/null || need_packages npm
    say "fetching tree-sitter-python $grammar_version"
    if ! fetch_by_npm "$part" && ! fetch_by_cargo "$part"; then
        die "the Python grammar could not be fetched: install npm or cargo (and let it reach its registry), or set \
NUAGES_GRAMMAR_DIR to a folder with tree-sitter-python $grammar_version"
    fi
    source=$part/fetched
    grammar_is_right "$source" || die "what arrived as tree-sitter-python $grammar_version has other hashes than \
.dev/grammar.sha256; nothing was kept"
    rm -rf -- "$grammar_dir"
    mv -T -- "$source" "$grammar_dir"
    rm -rf -- "$part"
    trap - EXIT
    say "  in $grammar_dir"
}

# Both leave the sources in PART/fetched. Neither runs a script of the package.
fetch_by_npm() {
    command -v npm >/dev/null || return 1
    (
        cd "$1" && npm pack "tree-sitter-python@$grammar_version" --silent >/dev/null 2>npm.log &&
            tar -xzf tree-sitter-python-*.tgz package/src && mv package/src fetched
    ) || { tail -n 3 "$1/npm.log" >&2; return 1; }
}

fetch_by_cargo() {
    command -v cargo >/dev/null || return 1
    mkdir -p "$1/crate/src"
    : >"$1/crate/src/lib.rs"
    printf '%s\n' '[package]' 'name = "fetch"' 'version = "0.0.0"' '[dependencies]' \
        "tree-sitter-python = \"=$grammar_version\"" >"$1/crate/Cargo.toml"
    (
        cd "$1/crate" && cargo vendor vendor >/dev/null 2>cargo.log && mv vendor/tree-sitter-python/src ../fetched
    ) || { tail -n 3 "$1/crate/cargo.log" >&2; return 1; }
}
