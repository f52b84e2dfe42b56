# shellcheck shell=bash
# ./dev grammar: prints the folder of the Python grammar, fetched where it is missing.
ensure_grammar
echo "$grammar_dir"
