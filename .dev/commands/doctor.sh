# shellcheck shell=bash
# ./dev doctor: what this machine can do, where things are, how large, and how to remove them. Changes nothing.

# shellcheck source=.dev/lib/static.sh
. "$here/.dev/lib/static.sh"

size() { du -sh -- "$1" 2>/dev/null | cut -f1; }
answer() { if "$@" >/dev/null 2>&1; then echo yes; else echo no; fi; }

if is_native; then
    echo "This machine builds the project itself."
    for tier in "${tiers[@]}"; do
        missing=()
        while read -r package; do
            is_installed "$package" || missing+=("${package%%|*}")
        done < <(tier_packages "$tier")
        echo "  tier $tier: ${missing[*]:-complete}${missing[*]:+ missing}"
    done
else
    echo "This machine builds in a Debian 13 root of its own, entered by /usr and /etc in a mount namespace."
    echo "  namespaces usable: $(answer find_namespace)"
    echo "  mmdebstrap, which makes roots: $(command -v mmdebstrap || echo 'missing; installed when needed')"
    for tier in "${tiers[@]}"; do
        path=$(root_path "$tier")
        if [ -e "$path/.complete" ]; then
            echo "  tier $tier: $(size "$path") in $path"
        else
            echo "  tier $tier: not made yet, about $(tier_megabytes "$tier") MB"
        fi
    done
fi
if grammar_is_right "$grammar_dir"; then
    echo "Python grammar: $grammar_dir"
else
    echo "Python grammar: not fetched yet; npm: $(command -v npm || echo none), cargo: $(command -v cargo || echo none)"
fi
if has_static_qt; then
    echo "Static Qt of ./dev package: $(size "$(static_path)") in $(static_path)"
else
    echo "Static Qt of ./dev package: not made yet, 60 MB; 14 minutes of one processor"
fi
if [ -d "$node_packages" ]; then
    echo "Packages of tests/editors: $node_packages"
else
    echo "Packages of tests/editors: not fetched yet; npm: $(command -v npm || echo none)"
fi
for pins in vscode code-server; do
    path=$cache/node/$(sha256sum <"$here/.dev/$pins.sha256" | cut -c1-12)
    if [ -d "$path" ]; then
        echo "Packages of .dev/$pins.sha256: $(size "$path") in $path"
    else
        echo "Packages of .dev/$pins.sha256: not fetched yet"
    fi
done
echo "Cache: $cache, $(size "$cache" || true)"
[ ! -d "$here/build" ] || echo "Builds of this tree: $here/build, $(size "$here/build")"
echo "Free here: $(df -Ph -- "$here" | awk 'NR == 2 { print $4 }')"
echo "To remove: ./dev clean (this tree's builds, outdated roots), ./dev clean all (the cache as well: rm -rf $cache)"
