# shellcheck shell=bash
# ./dev run PROGRAM [ARG...]: the program takes this process's place; stdin and stdout are its alone.
[ $# -gt 0 ] || die "run what? ./dev run nuages check, for instance"
need_tier build
program=$1
shift
case $program in
    nuages | nuages-*)
        build release "$program"
        unlock_build
        program=$build_dir/app/$program
        ;;
esac
exec_inside "$program" "$@"
