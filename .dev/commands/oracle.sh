# shellcheck shell=bash
# ./dev oracle WORD...: see tests/oracle/README.md.
# shellcheck source=.dev/lib/host_python.sh
. "$here/.dev/lib/host_python.sh"

case ${1-} in
    setups)
        need_tier extra # python3-venv
        build release nuages
        pass_python_configuration
        ;;
    trace)
        need_tier test
        build release oracle_trace
        ;;
    engine)
        need_tier test
        case ${NUAGES_PRESET:=check} in
            dev | check | asan | tsan) build "$NUAGES_PRESET" oracle_engine ;;
            *) die "NUAGES_PRESET is '$NUAGES_PRESET'; the oracle needs yield points: dev, check, asan or tsan" ;;
        esac
        ;;
    *)
        need_tier test
        build release oracle_templates
        ;;
esac
unlock_build
NUAGES_BUILD_DIR=$build_dir exec_inside "$here/tests/oracle/run" "$@"
