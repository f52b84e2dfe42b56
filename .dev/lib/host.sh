# shellcheck shell=bash
# What the machine itself can do.

# Whether this machine builds the project without a root of our own. NUAGES_NATIVE=1 and NUAGES_ROOT=1 decide it
# by hand; inside a root the answer is yes.
is_native() {
    [ -z "${NUAGES_IN_ROOT-}" ] || return 0
    [ -z "${NUAGES_ROOT-}" ] || return 1
    [ -z "${NUAGES_NATIVE-}" ] || return 0
    local ID='' VERSION_ID=''
    # shellcheck source=/dev/null
    [ ! -r /etc/os-release ] || . /etc/os-release
    case $ID in
        debian) dpkg --compare-versions "${VERSION_ID:-99}" ge 13 ;; # testing and unstable carry no VERSION_ID
        ubuntu) dpkg --compare-versions "${VERSION_ID:-0}" ge 25.04 ;;
        *) command -v cmake >/dev/null && pkg-config --atleast-version=6.8 Qt6Core 2>/dev/null ;;
    esac
}

# Succeeds if one of the alternatives of "a|b" is installed.
is_installed() {
    local package
    for package in ${1//|/ }; do
        if dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null | grep -q '^i'; then return 0; fi
    done
    return 1
}

# Makes sure that the packages are there: installs them as root, else names them and ends.
need_packages() {
    local package missing=()
    if [ -n "${NUAGES_IN_ROOT-}" ] || ! command -v dpkg-query >/dev/null; then
        return 0 # elsewhere CMake names what it misses
    fi
    for package in "$@"; do
        is_installed "$package" || missing+=("${package%%|*}")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" != 0 ]; then
        die "please install what is missing: sudo apt-get install --no-install-recommends ${missing[*]}"
    fi
    say "installing on this machine: ${missing[*]}"
    if ! { apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends \
        "${missing[@]}"; } >&2; then
        die "apt-get could not install ${missing[*]}; see its message above"
    fi
}

# Ends unless the file system of an existing folder has so many megabytes left.
need_disk() {
    local folder=$1 wanted=$2 free
    free=$(df -Pm -- "$folder" | awk 'NR == 2 { print $4 }')
    [ "$free" -ge "$wanted" ] || die "$folder has $free MB left, $wanted MB are needed; set NUAGES_CACHE to another disk"
}
