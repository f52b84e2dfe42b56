# shellcheck shell=bash
# The false root maker, and a copy of the tree's ./dev at a path with spaces.

tree=$scratch/tree
mkdir -p "$scratch/bin" "$scratch/root/usr/bin" "$scratch/root/etc" "$tree"
(cd "$here" && cp -r --parents dev .dev CMakePresets.json -t "$tree")

# This machine's own programs with the libraries they load, at their places under /usr.
for program in bash cat env id sh sleep touch true unshare; do
    path=$(type -P "$program")
    cp -L "$path" "$scratch/root/usr/bin/$program"
    for library in $(ldd "$path" | grep -o '/[^ ]*'); do
        place=$scratch/root/usr/${library#/usr}
        place=${place//\/\//\/}
        mkdir -p "${place%/*}"
        [ -e "$place" ] || cp -L "$library" "$place"
    done
done
find "$scratch/root" -type d -exec chmod 755 {} +

# Notes each call in $scratch/made; waits while somebody holds the pipe $scratch/gate open for
# writing; fails if $scratch/broken is there.
cat >"$scratch/bin/mmdebstrap" <<END
#!/bin/sh
case \$1 in --unshare-helper) shift; exec "\$@" ;; esac
echo making >>"$scratch/made"
echo "69 upgraded, 7 newly installed, 0 to remove" >&2
mkdir -p "\$TMPDIR/mmdebstrap.fake"
[ "\$(id -u)" != 0 ] || mount -t tmpfs none "\$TMPDIR/mmdebstrap.fake" # as the real one mounts /proc and /sys
[ ! -p "$scratch/gate" ] || cat "$scratch/gate" >/dev/null
[ ! -e "$scratch/broken" ] || { echo "E: no network" >&2; exit 1; }
exec tar -C "$scratch/root" -c .
END
printf '#!/bin/sh\nexit 1\n' >"$scratch/bin/newuidmap"
chmod 755 "$scratch/bin/mmdebstrap" "$scratch/bin/newuidmap"
: >"$scratch/made"
chmod 666 "$scratch/made"

dev() { "$tree/dev" "$@"; }

# fresh NAME: an empty cache of its own for the rest of a row.
fresh() {
    export NUAGES_CACHE="$scratch/cache of $1"
    rm -rf -- "$NUAGES_CACHE"
    mkdir -p "$NUAGES_CACHE"
}

parts_left() { find "$NUAGES_CACHE/roots" -maxdepth 1 -name '*.part' | wc -l; }
scratch_left() {
    find /var/tmp -maxdepth 1 -name "nuages-root-$(id -u)-$(cksum <<<"$NUAGES_CACHE" | cut -d' ' -f1)-*" | wc -l
}
