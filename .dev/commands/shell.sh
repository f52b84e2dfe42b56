# shellcheck shell=bash
# ./dev shell [TIER]
tier=${1:-build}
tier_files "$tier" >/dev/null
need_tier "$tier"
ensure_grammar
export NUAGES_GRAMMAR_DIR=$grammar_dir
case ${1-} in test | extra) ensure_node_packages ;; esac
exec_inside bash
