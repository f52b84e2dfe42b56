# shellcheck shell=bash
# The wheel around the static program, for pip, pipx, uv and pre-commit.

# Makes the wheel around the static program in a folder, and sets `wheel` to its path.
make_wheel() {
    local notices part
    build_static_program
    notices=$(mktemp -d)
    cp -- "$static_qt/share/doc/qt6-base/copyright" "$notices/qt6-base"
    for part in libc6 gcc-14-base libtree-sitter-dev libcli11-dev libtomlplusplus-dev libxxhash-dev; do
        cp -- "$root/usr/share/doc/$part/copyright" "$notices/$part" || die "${root:-this machine} keeps no licence \
notice of $part, without which the wheel must not be made; a new root would"
    done
    for part in BSL-1.0 GPL-3 LGPL-2.1 LGPL-3; do cp -- "$root/usr/share/common-licenses/$part" "$notices/$part"; done
    mkdir -p "$1"
    # shellcheck disable=SC2034 # for the caller
    wheel=$(
        export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$here" log -1 --format=%ct 2>/dev/null || echo 0)}
        inside python3 "$here/.dev/lib/wheel.py" "$static_program" "$notices" "$1"
    ) || die "the wheel could not be made"
    rm -rf -- "$notices"
}
