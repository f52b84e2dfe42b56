# shellcheck shell=bash
# Completes the command nuages-inspector in bash. tests/share holds it against what the program's --help says.

_nuages_inspector() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} words=
    # Bash takes "--theme=dark" for three words.
    if [[ $word == "=" ]]; then
        word=
    elif [[ $before == "=" ]]; then
        before=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    COMPREPLY=()

    case $before in
        --script | --dump-state | --screenshot | --record)
            compopt -o filenames 2>/dev/null
            mapfile -t COMPREPLY < <(compgen -f -- "$word")
            return
            ;;
        --theme) words='light dark high-contrast' ;;
        --pipe)
            compopt -o filenames 2>/dev/null
            mapfile -t COMPREPLY < <(compgen -f -- "$word")
            return
            ;;
        --attach)
            local socket
            for socket in "${XDG_RUNTIME_DIR:-/tmp}"/nuages*/*.sock; do
                socket=${socket##*/}
                words+=" ${socket%.sock}"
            done
            words=${words//\*/}
            ;;
        --width | --height | --socket | --clientProcessId) return ;;
        *)
            if [[ $word != -* ]]; then
                compopt -o filenames 2>/dev/null
                mapfile -t COMPREPLY < <(compgen -d -- "$word"; compgen -f -X '!*.nuages' -- "$word")
                return
            fi
            words='-h --help --version --script --dump-state --screenshot --theme --width --height --made-times
                --stdio --pipe --socket --clientProcessId --attach --record --no-record'
            ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}

complete -F _nuages_inspector nuages-inspector
