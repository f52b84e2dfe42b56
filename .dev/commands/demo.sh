# shellcheck shell=bash
# ./dev demo [--screenshot]: the findings of the demo project and, of an edit of it, each step with its reason; then
# the inspector with one edit played. Without a display, or with --screenshot, it writes a picture of the window instead
# of opening it.
need_tier build
build release nuages nuages-inspector
unlock_build
unset VIRTUAL_ENV DJANGO_SETTINGS_MODULE PYTHONPATH PYTHONHOME
cd "$here" || exit

# The demo project has mistakes on purpose: findings (1) are what it should say.
status=0
inside "$build_dir/app/nuages" check resources/demo || status=$?
[ $status -le 1 ] || exit $status
inside "$build_dir/app/nuages" demo resources/demo || exit

window=(--script resources/inspector/demo.json)
if [ "${1:-}" = --screenshot ] || [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    export QT_QPA_PLATFORM=offscreen
    window+=(--screenshot "$build_dir/inspector.png")
fi
exec_inside "$build_dir/app/nuages-inspector" resources/demo "${window[@]}"
