# shellcheck shell=bash
# ./dev stress [--seed S] [--steps N] [--points N]: see tests/stress/README.md.
need_tier test
build release nuages
unlock_build
NUAGES_PROGRAM=${NUAGES_PROGRAM:-$build_dir/app/nuages} PYTHONDONTWRITEBYTECODE=1 PYTHONUTF8=1 \
    exec_inside /usr/bin/python3 "$here/tests/stress/main.py" "$@"
