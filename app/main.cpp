#include "app/commands.h"

#include "engine/query/hash.h"
#include "lsp/server/version.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

/// NUAGES_HASH_SEED seeds every hash map of the program; no output may depend on it, and tests set it to prove that.
bool seedHashes()
{
    const char *value = std::getenv("NUAGES_HASH_SEED");
    if (!value || !*value)
        return true;
    const std::string_view text = value;
    std::uint64_t seed = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
    if (error != std::errc() || end != text.data() + text.size())
        return false;
    nuages::query::setHashSeed(seed);
    return true;
}

struct Subcommand {
    std::string_view name;
    void (*add)(CLI::App &, nuages::app::Command &);
};

constexpr std::array subcommands{
    Subcommand{"check", nuages::app::addCheck},
    Subcommand{"demo", nuages::app::addDemo},
    Subcommand{"rule", nuages::app::addRule},
    Subcommand{"serve", nuages::app::addServe},
    Subcommand{"why", nuages::app::addWhy},
};

/// Adds the one that is named, since an editor waits while the others are made; all of them, for the help and the
/// errors, if none is.
void addSubcommands(CLI::App &program, nuages::app::Command &chosen, std::string_view word)
{
    const auto *const named = std::ranges::find(subcommands, word, &Subcommand::name);
    for (const Subcommand &each : subcommands) {
        if (named == subcommands.end() || each.name == named->name)
            each.add(program, chosen);
    }
}

int fail(std::string_view sentence)
{
    std::fprintf(stderr, "nuages: %.*s\n", static_cast<int>(sentence.size()), sentence.data());
    return static_cast<int>(nuages::app::ExitCode::Failed);
}

} // namespace

int main(int argc, char **argv)
{
    using namespace nuages::app;
    if (!seedHashes())
        return fail("NUAGES_HASH_SEED is not a number");

    CLI::App program("Finds mistakes in Django templates, without running the project.", "nuages");
    program.set_version_flag("--version", std::string("nuages ") + nuages::server::programVersion);
    program.require_subcommand(1);
    Command chosen;
    addSubcommands(program, chosen, argc > 1 ? argv[1] : "");

    try {
        program.parse(argc, argv);
    } catch (const CLI::Success &help) {
        return program.exit(help); // --help and --version print on stdout
    } catch (const CLI::ParseError &error) {
        return fail(error.what());
    }
    const std::expected<ExitCode, Failure> outcome = chosen();
    return outcome ? static_cast<int>(*outcome) : fail(outcome.error().sentence);
}
