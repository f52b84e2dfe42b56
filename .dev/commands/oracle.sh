# shellcheck shell=bash
# ./dev oracle WORD...: see tests/oracle/README.md.
need_tier test
build release oracle_templates
unlock_build
NUAGES_BUILD_DIR=$build_dir exec_inside "$here/tests/oracle/run" "$@"
