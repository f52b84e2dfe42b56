# shellcheck shell=bash
# ./dev demo: the findings of the demo project, then a play of edits with what ran, and why.
need_tier build
build check nuages
unlock_build
unset VIRTUAL_ENV DJANGO_SETTINGS_MODULE PYTHONPATH PYTHONHOME
cd "$here" || exit

# The demo project has mistakes on purpose: findings (1) are what it should say.
status=0
inside "$build_dir/app/nuages" check resources/demo || status=$?
[ $status -le 1 ] || exit $status
exec_inside "$build_dir/app/nuages" demo resources/demo
