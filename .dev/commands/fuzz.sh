# shellcheck shell=bash
# ./dev fuzz WORD [SECONDS]: see tests/fuzz/README.md. What was learned is kept in the cache and serves the next run; an
# input that breaks something is kept in the build folder and named. Exit code 0 or 1.
words=()
for file in "$here"/tests/fuzz/*.cpp; do
    file=${file##*/}
    words+=("${file%.cpp}")
done
word=${1-} seconds=${2-60}
[[ -n $word && " ${words[*]} " == *" $word "* ]] || die "fuzz what? one of ${words[*]}: ./dev fuzz ${words[0]} [SECONDS]"
[[ $seconds =~ ^[1-9][0-9]*$ ]] || die "'$seconds' is no number of seconds: ./dev fuzz $word 60"

need_tier test
build fuzz "fuzz_$word"
unlock_build
learned=$cache/fuzz/$word
mkdir -p "$learned" "$build_dir/broken"
seeds=()
[ ! -d "$here/tests/fuzz/$word" ] || seeds+=("$here/tests/fuzz/$word")
[ "$word" != template ] || seeds+=("$here/resources/demo")
say "$word for $seconds s; what breaks it is kept in $build_dir/broken"
exec_inside "$build_dir/tests/fuzz/fuzz_$word" -max_total_time="$seconds" -max_len=65536 -timeout=10 -print_final_stats=1 \
    -artifact_prefix="$build_dir/broken/" "$learned" "${seeds[@]}"
