# shellcheck shell=bash
# How ./dev talks: on stderr, so that stdout stays with the program it runs.

say() { printf 'dev: %s\n' "$*" >&2; }

# The environment lacks something: one sentence, exit 2. Exit 1 means that what was asked ran and failed.
die() {
    say "$*"
    exit 2
}
