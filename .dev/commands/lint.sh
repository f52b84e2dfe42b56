# shellcheck shell=bash
# ./dev lint: format of every C++ file, clang-tidy over every source but the tests, texts of the window that
# are not translated, shellcheck of every script.
# All run, whatever the one before found; with --no-tidy the long one is left out. Exit code 0 or 1.

tidy=yes
case ${1-} in
    '') ;;
    --no-tidy) tidy=no ;;
    *)
        say "lint takes --no-tidy or nothing"
        exit 2
        ;;
esac

# Prints the shell scripts of the tree, by name or by first line, each ended by a zero byte.
shell_scripts() {
    local file first
    while IFS= read -r -d '' file; do
        case $file in
            *.sh | *.bash) printf '%s\0' "$file" ;;
            *.*) ;;
            *)
                IFS= read -r first <"$file" || continue
                case $first in '#!'*sh) printf '%s\0' "$file" ;; esac
                ;;
        esac
    done < <(git ls-files -coz --exclude-standard)
}

need_tier lint
if [ $tidy = yes ]; then
    build check autogen # the .moc files that sources include
    unlock_build
fi
status=0

say "clang-format"
(cd "$here" && git ls-files -coz --exclude-standard '*.cpp' '*.h' | inside xargs -0 clang-format-19 --dry-run --Werror) || status=1

say "texts"
(cd "$here" && inside python3 .dev/lib/texts.py) || status=1

say "shellcheck"
(cd "$here" && shell_scripts | inside xargs -0 shellcheck --external-sources) || status=1

if [ $tidy = yes ]; then
    say "clang-tidy"
    (cd "$here" && inside python3 .dev/lib/tidy.py "$build_dir" "$cache/tidy" "${root##*-}") || status=1
fi
exit $status
