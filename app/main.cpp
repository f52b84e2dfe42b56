#include "app/commands.h"

#include "engine/query/hash.h"
#include "engine/rules/closename.h"
#include "lsp/server/version.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <format>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

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
    Subcommand{"check", nuages::app::addCheck},   Subcommand{"demo", nuages::app::addDemo},
    Subcommand{"diff", nuages::app::addDiff},     Subcommand{"facts", nuages::app::addFacts},
    Subcommand{"ledger", nuages::app::addLedger}, Subcommand{"rule", nuages::app::addRule},
    Subcommand{"serve", nuages::app::addServe},   Subcommand{"whatif", nuages::app::addWhatIf},
    Subcommand{"why", nuages::app::addWhy},
};

bool isSubcommand(std::string_view word) { return std::ranges::contains(subcommands, word, &Subcommand::name); }

/// Adds the one that is named, since an editor waits while the others are made; all of them, for the help, if none is.
void addSubcommands(CLI::App &program, nuages::app::Command &chosen, std::string_view word)
{
    for (const Subcommand &each : subcommands) {
        if (!isSubcommand(word) || each.name == word)
            each.add(program, chosen);
    }
}

int fail(std::string_view sentence)
{
    std::fprintf(stderr, "nuages: %.*s\n", static_cast<int>(sentence.size()), sentence.data());
    return static_cast<int>(nuages::app::ExitCode::Failed);
}

int failForUnknownSubcommand(std::string_view word)
{
    std::vector<std::string_view> names;
    for (const Subcommand &each : subcommands)
        names.push_back(each.name);
    const std::optional<std::string> close = nuages::rules::closeName(word, names);
    return fail(std::format("no subcommand is called '{}'{}", word,
                            close ? nuages::rules::didYouMean(close) : "; 'nuages --help' lists them"));
}

} // namespace

int main(int argc, char **argv)
{
    using namespace nuages::app;
    if (!seedHashes())
        return fail("NUAGES_HASH_SEED is not a number");

    const std::string_view word = argc > 1 ? argv[1] : "";
    if (!word.empty() && !word.starts_with('-') && !isSubcommand(word))
        return failForUnknownSubcommand(word);

    CLI::App program("Finds mistakes in Django templates, without running the project.", "nuages");
    program.set_version_flag("--version", std::string("nuages ") + nuages::server::programVersion,
                             "Print the version and exit");
    Command chosen;
    addSubcommands(program, chosen, word);
    program.usage("Usage: nuages SUBCOMMAND [OPTIONS]"); // after the subcommands, which would inherit both
    program.footer("'nuages SUBCOMMAND --help' says more about one of them.");

    try {
        program.parse(argc, argv);
    } catch (const CLI::Success &help) {
        return program.exit(help); // --help and --version print on stdout
    } catch (const CLI::ParseError &error) {
        return fail(
            std::format("{}; see 'nuages {}--help'", error.what(), isSubcommand(word) ? std::format("{} ", word) : ""));
    }
    if (!chosen) {
        std::fputs(program.help().c_str(), stderr);
        return static_cast<int>(ExitCode::Failed);
    }
    const std::expected<ExitCode, Failure> outcome = chosen();
    return outcome ? static_cast<int>(*outcome) : fail(outcome.error().sentence);
}
