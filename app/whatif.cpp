#include "app/commands.h"
#include "app/play.h"

#include "engine/project/discovery/configuration.h"
#include "engine/trace/whatif.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <format>
#include <memory>

namespace nuages::app {

namespace {

struct WhatIfOptions {
    EditOptions edit;
    std::vector<std::string> files;
    bool all = false;
};

constexpr std::size_t mostExpected = 20;

/// What really runs, found in a second engine on the same inputs.
std::expected<std::vector<std::string>, Failure> played(const WhatIfOptions &options)
{
    const auto second = Play::create(options.edit);
    if (!second)
        return std::unexpected(second.error());
    if (const auto done = (*second)->playAll(options.edit); !done)
        return std::unexpected(done.error());
    return ranIn((*second)->store(), (*second)->store().revision());
}

std::expected<ExitCode, Failure> whatIfOf(WhatIfOptions options)
{
    const EditOptions &edit = options.edit;
    if (options.files.empty()) {
        for (const Replacement &replacement : edit.replacements)
            options.files.push_back(std::get<0>(replacement));
    }
    if (options.files.empty())
        return std::unexpected(Failure{"a FILE is needed, or --edit FILE OLD NEW"});
    if (options.edit.wanted.project.empty() && edit.replacements.empty() && edit.first.empty())
        options.edit.wanted.paths = {options.files.front()};
    const auto play = Play::create(edit);
    if (!play)
        return std::unexpected(play.error());
    const std::string &root = (*play)->root();
    std::vector<std::string> paths;
    for (const std::string &file : options.files)
        paths.push_back(fileNamed(file, root));
    std::ranges::sort(paths);
    paths.erase(std::ranges::unique(paths).begin(), paths.end());
    if (const auto done = (*play)->playFirst(edit); !done)
        return std::unexpected(done.error());
    const trace::Store &store = (*play)->store();
    const trace::WhatIf whatIf = trace::whatIf(store, paths);
    if (whatIf.touched.empty())
        return std::unexpected(Failure{std::format("{} was not read", project::pathFrom(root, paths.front()))});
    std::string text = toText(store, whatIf, edit.times, options.all ? std::size_t(-1) : mostExpected);
    if (edit.hasEdit()) {
        const auto ran = played(options);
        if (!ran)
            return std::unexpected(ran.error());
        text += std::format("\nThe edit was played in a second engine: {} ran; {}.\n", ran->size(),
                            sentenceOf(score(store, whatIf, *ran)));
    }
    return printed(text, store);
}

} // namespace

void addWhatIf(CLI::App &program, Command &chosen)
{
    CLI::App *command = program.add_subcommand("whatif", "Say what would run if a file were edited");
    command->footer("Example: nuages whatif templates/base.html");
    const auto options = std::make_shared<WhatIfOptions>();
    command->add_option("FILE", options->files, "Files that are to be edited; default: those of --edit")
        ->option_text("...");
    addEditOptions(*command, options->edit, Edits::FirstOnly);
    command->add_flag("--all", options->all, "Name all queries that may run");
    command->callback([options, &chosen] { chosen = [options] { return whatIfOf(*options); }; });
}

} // namespace nuages::app
