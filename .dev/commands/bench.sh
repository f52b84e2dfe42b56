# shellcheck shell=bash
# ./dev bench WORD...: see tests/benchmarks/README.md.
# shellcheck source=.dev/lib/host_python.sh
. "$here/.dev/lib/host_python.sh"

need_tier extra
build release nuages nuages-inspector bench_query
unlock_build
pass_python_configuration
NUAGES_BUILD_DIR=$build_dir NUAGES_PROGRAM=$build_dir/app/nuages NUAGES_INSPECTOR=$build_dir/app/nuages-inspector \
    exec_inside "$here/tests/benchmarks/run" "$@"
