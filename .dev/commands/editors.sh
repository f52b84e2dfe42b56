# shellcheck shell=bash
# ./dev editors [WORD]: the scripts of tests/editors/real, each an editor that ./dev test leaves out, or the inspector on
# a real screen, in the root of tier editors; with a WORD only the one so named. They judge what users run: the program of preset release and, for VS
# Code, the packed extension.
# shellcheck source=.dev/lib/totals.sh
. "$here/.dev/lib/totals.sh"
# shellcheck source=.dev/lib/vscode.sh
. "$here/.dev/lib/vscode.sh"
# shellcheck source=.dev/lib/codeserver.sh
. "$here/.dev/lib/codeserver.sh"

scripts=()
names=()
for script in "$here"/tests/editors/real/*; do
    if [ ! -f "$script" ] || [ ! -x "$script" ]; then continue; fi
    names+=("${script##*/}")
    if [ $# = 0 ] || [ "$1" = "${script##*/}" ]; then scripts+=("$script"); fi
done
if [ $# -gt 1 ] || [ ${#scripts[@]} = 0 ]; then die "editors takes nothing or one of: ${names[*]}"; fi

need_tier build
build release nuages nuages-inspector
unlock_build
export NUAGES_PROGRAM=$build_dir/app/nuages NUAGES_INSPECTOR=$build_dir/app/nuages-inspector
export NUAGES_PICTURES=${build_dir%/*}/pictures
mkdir -p "$NUAGES_PICTURES"
if [[ " ${scripts[*]} " == *"/vscode "* ]]; then
    ensure_code_server
    make_vsix "${build_dir%/*}/packages"
    export NUAGES_VSIX=$vsix NUAGES_WINDOW_PACKAGES=$window_packages
fi

need_tier editors
for script in "${scripts[@]}"; do
    add_script inside "$script"
done
say "pictures in $NUAGES_PICTURES"
print_totals
