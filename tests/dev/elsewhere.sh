# shellcheck shell=bash
# Where it cannot work it says one sentence and exits 2; where no root is needed it uses none.

refuses() { # WORDS COMMAND...
    local words part=$1
    shift
    words=$("$@" 2>&1 >"$scratch/out")
    same 2 $? && holds "$words" "$part" && same '' "$(cat "$scratch/out")"
}

no_namespaces() {
    printf '#!/bin/sh\nexit 1\n' >"$scratch/bin/unshare"
    chmod 755 "$scratch/bin/unshare"
    refuses 'neither mounts' dev run true
    local code=$?
    rm -f "$scratch/bin/unshare"
    return $code
}
row 'a machine without mounts and user namespaces is told so' no_namespaces

no_debian() {
    fresh elsewhere
    mkdir -p "$scratch/bare"
    ln -sf /usr/bin/* "$scratch/bare/"
    rm -f "$scratch"/bare/{apt-get,mmdebstrap,dpkg*}
    PATH=$scratch/bare refuses 'make a Debian 13 root' dev run true
}
row 'a system that is no Debian is told so' no_debian

unknown_command() { refuses usage "$tree/dev" frobnicate; }
row 'an unknown command is a usage error' unknown_command

native() {
    local words
    words=$(NUAGES_ROOT='' NUAGES_NATIVE=1 PATH=$scratch/native:$PATH dev run sh -c 'echo "${NUAGES_IN_ROOT-none}"')
    same none "$words"
}
mkdir -p "$scratch/native"
printf '#!/bin/sh\necho ii\n' >"$scratch/native/dpkg-query" # every package is installed
chmod 755 "$scratch/native/dpkg-query"
row 'a machine that is new enough uses no root' native

native_lacks_packages() {
    local words
    printf '#!/bin/sh\nexit 1\n' >"$scratch/native/dpkg-query"
    printf '#!/bin/sh\necho 1000\n' >"$scratch/native/id"
    chmod 755 "$scratch/native/id"
    NUAGES_ROOT='' NUAGES_NATIVE=1 PATH=$scratch/native:$PATH refuses 'apt-get install' dev run true
}
row 'missing packages are named to an ordinary user' native_lacks_packages

doctor_changes_nothing() {
    fresh doctor
    holds "$(dev doctor)" 'not made yet' && same '' "$(ls -A "$NUAGES_CACHE")"
}
row 'doctor says what there is and changes nothing' doctor_changes_nothing

clean_all() {
    fresh clean
    dev run true && mkdir -p "$tree/build/x" && dev clean all && ! [ -e "$NUAGES_CACHE" ] && ! [ -e "$tree/build" ]
}
row 'clean all removes the builds and the cache' clean_all

# false_npm CONTENT: a client that delivers a grammar whose files hold CONTENT.
false_npm() {
    mkdir -p "$scratch/npm/package/src"
    printf '%s' "$1" | tee "$scratch/npm/package/src/parser.c" >"$scratch/npm/package/src/scanner.c"
    tar -czf "$scratch/grammar.tgz" -C "$scratch/npm" package
    printf '#!/bin/sh\ncp "%s" tree-sitter-python-0.23.6.tgz\n' "$scratch/grammar.tgz" >"$scratch/bin/npm"
    chmod 755 "$scratch/bin/npm"
}

wrong_grammar() {
    fresh grammar
    false_npm 'not the grammar'
    refuses 'other hashes' dev grammar && same '' "$(ls -A "$NUAGES_CACHE/grammars")"
}
row 'a grammar with other hashes is refused and not kept' wrong_grammar

right_grammar() {
    fresh grammar
    false_npm 'the grammar'
    cp "$tree/.dev/grammar.sha256" "$scratch/hashes"
    (cd "$scratch/npm/package/src" && sha256sum parser.c scanner.c) >"$tree/.dev/grammar.sha256"
    local folder
    folder=$(dev grammar 2>/dev/null) && [ -e "$folder/parser.c" ] && rm "$scratch/bin/npm" &&
        same "$folder" "$(PATH=/usr/bin:/bin dev grammar)"
    local code=$?
    cp "$scratch/hashes" "$tree/.dev/grammar.sha256"
    return $code
}
row 'the grammar is fetched once, and then needs no client' right_grammar

no_client() {
    fresh grammar
    rm -f "$scratch/bin/npm"
    mkdir -p "$scratch/bare"
    ln -sf /usr/bin/* "$scratch/bare/"
    rm -f "$scratch"/bare/{npm,cargo,id}
    printf '#!/bin/sh\necho 1000\n' >"$scratch/bare/id" # root would install it
    chmod 755 "$scratch/bare/id"
    PATH=$scratch/bare refuses 'apt-get install --no-install-recommends npm' dev grammar
}
row 'a machine without npm and cargo is told which to install' no_client

# false_node_packages: a client that delivers each package it is asked for, and nothing of the real ones.
false_node_packages() {
    local spec
    rm -rf -- "$scratch/node"
    mkdir -p "$scratch/node/package"
    for spec in vscode-jsonrpc@10.0.0 vscode-languageserver-protocol@3.18.5 vscode-languageserver-types@3.18.5; do
        echo "$spec" >"$scratch/node/package/package.json"
        tar -czf "$scratch/node/${spec/@/-}.tgz" -C "$scratch/node" package
    done
    cat >"$scratch/bin/npm" <<END
#!/bin/sh
shift 2
for spec in "\$@"; do cp "$scratch/node/\${spec%@*}-\${spec#*@}.tgz" .; done
END
    chmod 755 "$scratch/bin/npm"
}

# node_shell: prints the folder that a shell of the test tier is told.
node_shell() {
    # shellcheck disable=SC2016 # the inner shell says it
    NUAGES_GRAMMAR_DIR=/nowhere dev shell test <<<'echo "$NUAGES_NODE_PACKAGES"'
}

wrong_node_packages() {
    fresh node
    false_node_packages
    refuses 'other hashes' node_shell && same '' "$(ls -A "$NUAGES_CACHE/node")"
}
row 'packages of npm with other hashes are refused and not kept' wrong_node_packages

right_node_packages() {
    fresh node
    false_node_packages
    cp "$tree/.dev/node.sha256" "$scratch/hashes"
    (cd "$scratch/node" && sha256sum -- *.tgz) >"$tree/.dev/node.sha256"
    local folder
    folder=$(node_shell 2>/dev/null) && same vscode-jsonrpc@10.0.0 "$(cat "$folder/vscode-jsonrpc/package.json")" &&
        rm "$scratch/bin/npm" && same "$folder" "$(PATH=/usr/bin:/bin node_shell)"
    local code=$?
    cp "$scratch/hashes" "$tree/.dev/node.sha256"
    return $code
}
row 'packages of npm are fetched once, and then need no client' right_node_packages

no_npm() {
    fresh node
    rm -f "$scratch/bin/npm"
    mkdir -p "$scratch/bare"
    ln -sf /usr/bin/* "$scratch/bare/"
    rm -f "$scratch"/bare/npm
    PATH=$scratch/bin:$scratch/bare refuses 'install npm' node_shell
}
row 'a machine without npm is told to install it' no_npm
