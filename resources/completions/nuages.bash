# shellcheck shell=bash
# Completes the command nuages in bash. tests/share holds it against what the program's --help says.

_nuages_rules() {
    "$1" rule 2>/dev/null | cut -d ' ' -f 1
}

_nuages() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} words=
    # Bash takes "--format=full" for three words.
    if [[ $word == "=" ]]; then
        word=
    elif [[ $before == "=" ]]; then
        before=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    COMPREPLY=()

    case $before in
        --project | --site-packages)
            compopt -o filenames 2>/dev/null
            mapfile -t COMPREPLY < <(compgen -d -- "$word")
            return
            ;;
        --stdin-filename | --edit | --first | --template | --pipe | --trace)
            compopt -o filenames 2>/dev/null
            mapfile -t COMPREPLY < <(compgen -f -- "$word")
            return
            ;;
        --format)
            words='concise full json github gitlab junit sarif'
            [[ ${COMP_WORDS[1]} == check ]] || words='text json'
            ;;
        --color) words='auto always never' ;;
        --select | --ignore) words=$(_nuages_rules "$1") ;;
        --fail-on) words='error warning information hint' ;;
        --settings | --threads | --revision | --insert | --socket | --clientProcessId) return ;;
    esac
    if [[ -n $words ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
        return
    fi

    local subcommand=${COMP_WORDS[1]}
    if ((COMP_CWORD == 1)); then
        words='check demo diff facts ledger rule serve whatif why -h --help --version'
    else
        case $subcommand in
            check)
                words='-h --help --project --settings --site-packages --format --color --select --ignore --fail-on
                    --fail-on-open --allow-empty --stdin-filename --threads'
                ;;
            demo) words='-h --help --template --insert --threads' ;;
            diff)
                words='-h --help --edit --first --stdin-filename --project --settings --site-packages --no-times --all'
                ;;
            facts) words='-h --help --project --settings --site-packages --format' ;;
            ledger)
                words='-h --help --edit --first --stdin-filename --project --settings --site-packages --no-times --revision
                    --format --all'
                ;;
            rule) words='-h --help' ;;
            serve) words='-h --help --stdio --pipe --socket --clientProcessId --trace --no-inspect' ;;
            whatif) words='-h --help --edit --first --project --settings --site-packages --no-times --all' ;;
            why) words='-h --help --edit --stdin-filename --project --settings --site-packages --all --no-times' ;;
        esac
    fi
    if [[ $word == -* || $COMP_CWORD -eq 1 ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
        return
    fi

    case $subcommand in
        check | facts | whatif | why)
            compopt -o filenames 2>/dev/null
            mapfile -t COMPREPLY < <(compgen -f -- "$word")
            ;;
        demo)
            compopt -o filenames 2>/dev/null
            mapfile -t COMPREPLY < <(compgen -d -- "$word")
            ;;
        rule) mapfile -t COMPREPLY < <(compgen -W "$(_nuages_rules "$1")" -- "$word") ;;
    esac
}

complete -F _nuages nuages
