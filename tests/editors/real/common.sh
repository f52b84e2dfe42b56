# shellcheck shell=bash
# What the scripts of this folder share: a home that holds nothing but a shipped configuration, a copy of the demo
# project, `nuages` by PATH, and the count of what was seen. Sourced; a script names itself in `editor` first.

tree=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../../.." && pwd -P)
program=${NUAGES_PROGRAM:?names the program under test; ./dev editors sets it}
scratch=$(mktemp -d)
project=$scratch/bookshop
# Has one mistake: the filter 'money' is not loaded.
# shellcheck disable=SC2034 # for the scripts
page=$project/templates/drafts/sale.html

for variable in $(compgen -e); do
    case $variable in
        XDG_* | LC_* | VIRTUAL_ENV | DJANGO_SETTINGS_MODULE | PYTHONPATH | TMUX*) unset "$variable" ;;
    esac
done
export HOME=$scratch/home LANG=C.UTF-8 PATH=$scratch/bin:$PATH XDG_RUNTIME_DIR=$scratch/runtime
mkdir -p "$HOME" "$scratch/bin"
mkdir -m 700 "$XDG_RUNTIME_DIR"
ln -s "$program" "$scratch/bin/nuages"
cp -r "$tree/resources/demo" "$project"
cd "$HOME" || exit

passed=0
failed=0

# install_configuration FILE PLACE: a file of resources/editors, where docs/editors.md tells a reader to put it.
install_configuration() {
    mkdir -p "$HOME/$(dirname "$2")"
    cp "$tree/resources/editors/$1" "$HOME/$2"
}

# wait_for COMMAND...: until it succeeds; fails after half a minute.
wait_for() {
    local end=$((SECONDS + 30))
    until "$@"; do
        [ "$SECONDS" -lt "$end" ] || return 1
    done
}

# row SENTENCE COMMAND...: waits for the command to succeed, and counts. When it does not, `look` shows the screen.
row() {
    local sentence=$1
    shift
    if wait_for "$@"; then
        passed=$((passed + 1))
        echo "PASS   : $editor: $sentence"
    else
        failed=$((failed + 1))
        echo "FAIL!  : $editor: $sentence"
        look
    fi
}

print_totals() {
    echo "Totals: $passed passed, $failed failed, 0 skipped, 0 blacklisted"
    [ "$failed" = 0 ]
}
