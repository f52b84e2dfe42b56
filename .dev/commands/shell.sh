# shellcheck shell=bash
# ./dev shell [TIER]
need_tier "${1:-build}"
ensure_grammar
export NUAGES_GRAMMAR_DIR=$grammar_dir
exec_inside bash
