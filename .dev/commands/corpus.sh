# shellcheck shell=bash
# ./dev corpus WORD...: see tests/corpus/README.md.
# shellcheck source=.dev/lib/host_python.sh
. "$here/.dev/lib/host_python.sh"

need_tier extra
build release nuages
unlock_build
pass_python_configuration
NUAGES_PROGRAM=$build_dir/app/nuages exec_inside "$here/tests/corpus/run" "$@"
