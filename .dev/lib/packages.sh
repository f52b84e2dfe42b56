# shellcheck shell=bash
# The package tiers of .dev/packages, one file each.

tiers=(build test lint extra package editors)

# Prints the files that make up a tier: test, lint and package hold build, extra and editors hold test.
tier_files() {
    case $1 in
        build) echo build ;;
        test) echo build test ;;
        lint) echo build lint ;;
        extra) echo build test extra ;;
        package) echo build package ;;
        editors) echo build test editors ;;
        python) echo python ;; # of tests/packages/wheel alone, so not among the tiers
        *) die "there is no package tier '$1'; they are ${tiers[*]}" ;;
    esac
}

# Prints a tier's packages, one a line, sorted. "a|b" means: a here, b on distributions that lack a.
tier_packages() {
    local file
    for file in $(tier_files "$1"); do
        sed 's/#.*//' "$here/.dev/packages/$file"
    done | tr -s ' \t' '\n' | grep . | sort -u
}

# Unpacked megabytes of a tier's root, for the free-disk check and for the words that announce it.
tier_megabytes() {
    case $1 in
        build) echo 1200 ;;
        test) echo 1700 ;;
        lint) echo 1400 ;;
        extra) echo 1900 ;;
        package) echo 1400 ;;
        editors) echo 2700 ;;
        python) echo 500 ;;
    esac
}
