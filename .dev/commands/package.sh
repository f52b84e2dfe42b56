# shellcheck shell=bash
# ./dev package [--test]: makes what users install, of HEAD, in build/packages. With --test it is installed afterwards,
# where nothing of ours is, and used; the last line counts.
# shellcheck source=.dev/lib/totals.sh
. "$here/.dev/lib/totals.sh"
for part in source deb; do
    # shellcheck source=/dev/null
    . "$here/.dev/lib/$part.sh"
done

test=no
case ${1-} in
    '') ;;
    --test) test=yes ;;
    *) die "package takes --test or nothing" ;;
esac

need_tier package
use_time_of_head
packages=$here/build/packages
mkdir -p "$packages"
make_tarball "$packages"
unpack_tarball
make_debs "$packages"
