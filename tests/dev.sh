#!/usr/bin/env bash
# Proves what ./dev promises about roots, signals, descriptors, users and locks. The roots here are tiny: a false
# mmdebstrap streams this machine's own shell and a few programs, so that every row takes a moment and none needs a
# network. Started by ./dev test; the last line is of Qt Test's form. With arguments: only the rows so named.
set -uo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
[ -z "${NUAGES_IN_ROOT-}" ] || { echo "tests/dev.sh runs on the machine's side, not in a root" >&2; exit 2; }

scratch=$(mktemp -d "/var/tmp/nuages dev test-XXXXXX") # with spaces, as a path may have them
trap 'rm -rf -- "$scratch"' EXIT
chmod 755 "$scratch"

# Nothing of the caller's set-up may decide a row, but where the real root is.
# shellcheck disable=SC2034 # read by otheruser.sh
callers_environment=("PATH=$PATH" ${NUAGES_CACHE+"NUAGES_CACHE=$NUAGES_CACHE"})
for name in NUAGES_NATIVE NUAGES_MIRROR NUAGES_GRAMMAR_DIR NUAGES_ROOT; do
    callers_environment+=(${!name+"$name=${!name}"})
done
unset NUAGES_NATIVE NUAGES_MIRROR NUAGES_GRAMMAR_DIR NUAGES_NODE_PACKAGES NUAGES_TEST_ROOT
export NUAGES_ROOT=1 NUAGES_CACHE=$scratch/cache
export PATH=$scratch/bin:$PATH

rows=dev
# shellcheck disable=SC2034 # read by rows.sh
wanted=("$@")
# shellcheck source=tests/support/rows.sh
. "$here/tests/support/rows.sh"

for part in fake running building making users otheruser elsewhere totals; do
    # shellcheck source=/dev/null
    . "$here/tests/dev/$part.sh"
done
end_rows
