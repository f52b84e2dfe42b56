# shellcheck shell=bash
# ./dev shell [TIER]
tier=${1:-build}
tier_files "$tier" >/dev/null
need_tier "$tier"
ensure_grammar
export NUAGES_GRAMMAR_DIR=$grammar_dir
exec_inside bash
