# shellcheck shell=bash
# The extension for VS Code, packed into a .vsix: checked by TypeScript, bundled by esbuild. On the machine's side.

vscode_pins=$here/.dev/vscode.sha256
vscode_packages=$cache/node/$(sha256sum <"$vscode_pins" | cut -c1-12)/node_modules # the name by which node finds them

# Makes OUTDIR/nuages-VERSION.vsix, twice the same bytes, and sets `vsix` to it. With a PROGRAM, a `nuages` that runs on
# every Linux, that is packed as well, and the file is called nuages-VERSION-linux-x64.vsix. Exit code 1 if the
# extension has an error.
make_vsix() {
    local outdir=$1 program=${2-} version tree part
    [ "$(uname -m)" = x86_64 ] || die "the extension is bundled by a program that .dev/vscode.sha256 names for x86-64 only"
    fetch_packages "$vscode_pins" "$vscode_packages" "the extension for VS Code"
    command -v node >/dev/null || die "the extension for VS Code is checked by node: install nodejs"
    version=$(sed -nE 's/^project\(nuages VERSION ([0-9.]+).*/\1/p' "$here/CMakeLists.txt")
    mkdir -p "$outdir"
    vsix=$outdir/nuages-$version${program:+-linux-x64}.vsix
    tree=$here/resources/editors/vscode
    part=$(mktemp -d "$outdir/.vsix-XXXXXX")
    # shellcheck disable=SC2064 # the folder of now
    trap "rm -rf -- '${part//\'/\'\\\'\'}'" EXIT
    cp -r "$tree/." "$part/tree"
    cp "$here/LICENSE" "$part/tree/LICENSE"
    ln -s "$vscode_packages" "$part/tree/node_modules"
    if ! (
        cd "$part/tree"
        node node_modules/typescript/bin/tsc --noEmit -p . &&
            node_modules/@esbuild/linux-x64/bin/esbuild src/extension.ts --bundle --platform=node --format=cjs \
                --target=node18 --external:vscode --minify --preserve-symlinks --metafile=bundled.json \
                --outfile=dist/extension.js --log-level=warning
    ) >&2; then
        say "the extension for VS Code does not build"
        exit 1
    fi
    if [ -n "$program" ]; then install -D -m 755 "$program" "$part/tree/bin/nuages"; fi
    python3 "$here/.dev/lib/vsix.py" "$part/tree" "$version" "${program:+linux-x64}" "$part/new.vsix"
    mv -- "$part/new.vsix" "$vsix"
    rm -rf -- "$part"
    trap - EXIT
}
