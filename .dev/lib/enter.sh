# shellcheck shell=bash
# Runs programs in a root: its /usr and /etc lie over the machine's in a mount namespace of their own; every
# other path, terminal and socket stays the machine's. Root or not, nothing of it outlives the program.

# What the machine's /etc keeps.
host_files=(passwd group hosts resolv.conf localtime machine-id)

# Sets `namespace` to the command that opens a mount namespace, and `identity` to the one that gives an ordinary
# user the own user id back.
find_namespace() {
    # Some systems allow the namespace and refuse the mount in it, so both are tried.
    local probe='mount --bind /etc /etc'
    identity=()
    if unshare -m sh -c "$probe" 2>/dev/null; then
        namespace=(unshare -m)
    elif unshare -Urm sh -c "$probe" 2>/dev/null; then
        namespace=(unshare -Urm)
        identity=(unshare -U "--map-user=$(id -u)" "--map-group=$(id -g)" --)
    else
        die "this machine allows neither mounts nor user namespaces, so the Debian 13 root cannot be entered; run as \
root (in a container with CAP_SYS_ADMIN), allow user namespaces, or use a Debian 13, where ./dev needs no root"
    fi
}

# Replaces this process by a command in the root. unshare, sh and env exec one another, so the command has this
# process's id, descriptors and signals, and its exit code is ours.
enter() {
    local root=$1 path namespace identity
    shift
    [ -L /bin ] || die "this system keeps /bin apart from /usr, so a root's /usr cannot take its place"
    for path in "$here" "$cache" "$PWD"; do
        case $path in
            /usr/* | /etc/*) die "$path lies under /usr or /etc, which the Debian 13 root hides; move it elsewhere" ;;
        esac
    done
    find_namespace
    # Last of all /usr: a root has no mount program of its own.
    exec "${namespace[@]}" -- /bin/sh -c '
        set -e
        root=$1 files=$2
        shift 2
        read_only() { mount -o remount,bind,ro "$1" 2>/dev/null || mount -o remount,bind,ro,nosuid,nodev "$1"; }
        mount --bind "$root/etc" "$root/etc"
        mount --bind "$root/usr" "$root/usr"
        for file in $files; do
            [ ! -e "/etc/$file" ] || mount --bind "/etc/$file" "$root/etc/$file"
        done
        read_only "$root/etc"
        read_only "$root/usr"
        mount --rbind "$root/etc" /etc
        for folder in /var/lib/dpkg /var/cache/fontconfig; do
            [ ! -d "$folder" ] || [ ! -d "$root$folder" ] || mount --bind "$root$folder" "$folder"
        done
        mount --rbind "$root/usr" /usr
        exec "$@"' sh "$root" "${host_files[*]}" "${identity[@]}" \
        env -u LC_ALL -u LD_LIBRARY_PATH LC_CTYPE=C.UTF-8 PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin \
        NUAGES_IN_ROOT=1 "$@"
}

# Makes the tools of a tier available and sets `root` to its root, or to nothing on a native machine.
need_tier() {
    local packages
    root=
    if is_native; then
        mapfile -t packages < <(tier_packages "$1")
        need_packages "${packages[@]}"
    else
        ensure_root "$1"
    fi
}

# Replaces this process by a command that sees the tools of the last need_tier.
exec_inside() {
    if [ -z "$root" ]; then exec "$@"; fi
    enter "$root" "$@"
}

# Runs a command that sees the tools of the last need_tier, and returns its exit code.
inside() { (exec_inside "$@"); }
