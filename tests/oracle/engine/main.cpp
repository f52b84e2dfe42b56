// Plays random scripts on the query engine and holds it against what is right; tests/oracle/README.md says how.
#include "engine/query/yieldpoint.h"
#include "tests/oracle/engine/invent.h"
#include "tests/oracle/engine/minimise.h"
#include "tests/oracle/engine/play.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <unistd.h>

using namespace nuages;
using namespace nuages::oracle;

namespace {

using query::detail::Mutation;

constexpr std::array breakages = {
    std::pair(std::string_view("drop-edge"), Mutation::DroppedEdge),
    std::pair(std::string_view("no-backdate"), Mutation::NoBackdating),
    std::pair(std::string_view("wrong-order"), Mutation::WrongOrder),
    std::pair(std::string_view("keep-stale-output"), Mutation::KeptStaleOutput),
    std::pair(std::string_view("skip-claim"), Mutation::SkippedClaim),
    std::pair(std::string_view("forget-durability"), Mutation::ForgottenDurability),
    std::pair(std::string_view("keep-claim"), Mutation::ClaimNotReleased),
    std::pair(std::string_view("lose-wish"), Mutation::LostWish),
    std::pair(std::string_view("keep-collected-key"), Mutation::KeptCollectedKey),
    std::pair(std::string_view("wrong-fallback"), Mutation::WrongFallback),
};

constexpr int lengthAlone = 100; // lines

struct Options {
    std::uint32_t seed = 1;
    std::uint64_t steps = 100'000;
    std::optional<int> threads;
    std::optional<std::uint64_t> schedules;
    std::string breakage;
    std::string script;
};

constexpr const char *usage =
    "oracle engine [--seed S] [--steps N] [--threads T] [--schedules N] [--break KIND] [--script FILE]\n"
    "  --seed S        of all that is made up; 1\n"
    "  --steps N       so many lines of scripts; 100000\n"
    "  --threads T     1 to 8 readers; else one, and in every eighth script two to five\n"
    "  --schedules N   so many scripts of several readers, instead of steps\n"
    "  --break KIND    breaks the engine: drop-edge, no-backdate, wrong-order, keep-stale-output, skip-claim,\n"
    "                  forget-durability, keep-claim, lose-wish, keep-collected-key or wrong-fallback\n"
    "  --script FILE   plays a script instead, as it is printed when something is wrong\n";

[[noreturn]] void refuse(const std::string &sentence)
{
    std::fprintf(stderr, "oracle engine: %s\n", sentence.c_str());
    std::exit(2);
}

std::uint64_t numberIn(const std::string &option, std::string_view text, std::uint64_t first, std::uint64_t last)
{
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number < first || number > last)
        refuse(option + " takes a number from " + std::to_string(first) + " to " + std::to_string(last) + ", not '"
               + std::string(text) + "'");
    return number;
}

Options optionsOf(int argc, char *argv[])
{
    constexpr std::uint64_t most = 1'000'000'000;
    Options options;
    for (int at = 1; at < argc; at += 2) {
        const std::string option = argv[at];
        if (option == "--help" || option == "-h") {
            std::fputs(usage, stdout);
            std::exit(0);
        }
        constexpr std::array<std::string_view, 6> known = {"--seed",      "--steps", "--threads",
                                                           "--schedules", "--break", "--script"};
        if (std::ranges::find(known, option) == known.end())
            refuse("there is no option " + option + "; --help names them all");
        if (at + 1 == argc)
            refuse(option + " takes an argument");
        const std::string value = argv[at + 1];
        if (option == "--seed")
            options.seed = static_cast<std::uint32_t>(numberIn(option, value, 0, most));
        else if (option == "--steps")
            options.steps = numberIn(option, value, 1, most);
        else if (option == "--threads")
            options.threads = static_cast<int>(numberIn(option, value, 1, readerLimit));
        else if (option == "--schedules")
            options.schedules = numberIn(option, value, 1, most);
        else if (option == "--break")
            options.breakage = value;
        else
            options.script = value;
    }
    if (options.schedules && options.threads == 1)
        refuse("--schedules needs --threads of at least 2");
    return options;
}

Mutation mutationOf(const std::string &name)
{
    if (name.empty())
        return Mutation::None;
    const auto *found = std::ranges::find(breakages, name, [](const auto &each) { return each.first; });
    if (found == breakages.end())
        refuse("--break knows no '" + name + "'; --help names them all");
    return found->second;
}

/// What is being played, for when the engine ends the program.
std::string present;

extern "C" void tellPresent(int signal)
{
    constexpr std::string_view before = "\nthe program ends within this script:\n";
    (void)!write(STDOUT_FILENO, before.data(), before.size());
    (void)!write(STDOUT_FILENO, present.data(), present.size());
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

Played playTold(const Script &script)
{
    present = textOf(script);
    return play(script);
}

int tell(const Options &options, Script script, std::string failure)
{
    std::printf("wrong: %s\nof %zu lines, to be made fewer\n", failure.c_str(), script.lines.size());
    std::fflush(stdout);
    script = minimised(std::move(script), failure);
    std::printf("\nwrong: %s\nscript, %zu lines:\n\n%s\n", failure.c_str(), script.lines.size(),
                textOf(script).c_str());
    std::printf("again: write these lines to a file, and ./dev oracle engine%s%s --script FILE\n",
                options.breakage.empty() ? "" : " --break ", options.breakage.c_str());
    return EXIT_FAILURE;
}

int playFile(const Options &options)
{
    std::ifstream file(options.script);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!file)
        refuse("'" + options.script + "' cannot be read");
    auto script = parsed(text);
    if (!script)
        refuse(options.script + ", " + script.error());
    const Played played = playTold(*script);
    if (!played.failure.empty()) {
        std::printf("wrong: %s\n", played.failure.c_str());
        return EXIT_FAILURE;
    }
    std::printf("%zu lines, %llu values compared: nothing is wrong\n", script->lines.size(),
                static_cast<unsigned long long>(played.compared));
    return EXIT_SUCCESS;
}

int playMany(const Options &options)
{
    const std::uint64_t end = options.schedules.value_or(options.steps);
    const std::uint64_t step = std::max<std::uint64_t>(end / 10, 1);
    std::uint64_t steps = 0;
    std::uint64_t scripts = 0;
    std::uint64_t scheduled = 0;
    std::uint64_t compared = 0;
    std::uint64_t told = 0;
    std::uint64_t fallen = 0;
    Model::Counts counts{};
    std::mt19937_64 seeds(options.seed);
    for (std::uint64_t done = 0; done < end; done = options.schedules ? scheduled : steps) {
        if (done / step != told) {
            told = done / step;
            std::printf("%llu of %llu %s, %llu values compared\n", static_cast<unsigned long long>(done),
                        static_cast<unsigned long long>(end), options.schedules ? "schedules" : "steps",
                        static_cast<unsigned long long>(compared));
            std::fflush(stdout);
        }
        const bool isTogether = scripts % 8 == 7 || options.schedules;
        const int threads = options.threads.value_or(isTogether ? 2 + static_cast<int>(scripts / 8 % 4) : 1);
        const Script script =
            invented(static_cast<std::uint32_t>(seeds()), threads > 1 ? lengthTogether : lengthAlone, threads);
        const Played played = playTold(script);
        if (!played.failure.empty()) {
            std::printf("seed %u, script %llu\n", options.seed, static_cast<unsigned long long>(scripts + 1));
            return tell(options, script, played.failure);
        }
        steps += script.lines.size();
        scripts += 1;
        scheduled += threads > 1;
        compared += played.compared;
        fallen += played.fallen;
        std::ranges::transform(counts, played.counts, counts.begin(), std::plus());
    }
    constexpr std::array<const char *, Told::whatCount> names = {
        "new",   "changed",   "back-dated", "looked at and kept", "kept by durability", "cycles",
        "waits", "cancelled", "collected",  "fields set",         "transactions"};
    for (std::size_t at = 0; at < counts.size(); ++at)
        std::printf("%llu %s%s", static_cast<unsigned long long>(counts[at]), names[at],
                    at + 1 == counts.size() ? "; " : ", ");
    std::printf("%llu fell back\n", static_cast<unsigned long long>(fallen));
    std::printf("seed %u: %llu steps of %llu scripts, %llu of them on several threads, %llu values compared: nothing "
                "is wrong\n",
                options.seed, static_cast<unsigned long long>(steps), static_cast<unsigned long long>(scripts),
                static_cast<unsigned long long>(scheduled), static_cast<unsigned long long>(compared));
    return EXIT_SUCCESS;
}

} // namespace

int main(int argc, char *argv[])
{
    const Options options = optionsOf(argc, argv);
    query::detail::activeMutation = mutationOf(options.breakage);
    std::signal(SIGABRT, tellPresent);
    std::signal(SIGSEGV, tellPresent);
    return options.script.empty() ? playMany(options) : playFile(options);
}
