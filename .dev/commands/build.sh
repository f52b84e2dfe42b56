# shellcheck shell=bash
# ./dev build [PRESET]
need_tier build
build "${1:-check}"
