#include "app/commands.h"
#include "app/play.h"
#include "app/whyline.h"

#include "engine/trace/diff.h"

#include <CLI/CLI.hpp>

#include <format>
#include <map>
#include <memory>

namespace nuages::app {

namespace {

struct DiffOptions {
    EditOptions edit;
    trace::Revision a = 0; ///< 0: the one before the last.
    trace::Revision b = 0; ///< 0: the last one.
    bool all = false;
};

constexpr std::size_t mostOfEach = 10;

std::expected<ExitCode, Failure> diffOf(const DiffOptions &options)
{
    const auto play = Play::create(options.edit);
    if (!play)
        return std::unexpected(play.error());
    if (!options.edit.hasEdit() && options.edit.first.empty())
        return std::unexpected(textsAfter(options.edit, (*play)->root()).error());
    std::map<trace::Revision, Report> reports;
    const auto remember = [&](const Report &report) { reports.insert_or_assign((*play)->store().revision(), report); };
    if (const auto played = (*play)->playAll(options.edit, remember); !played)
        return std::unexpected(played.error());

    const trace::Store &store = (*play)->store();
    const trace::Revision b = options.b != 0 ? options.b : store.revision();
    const trace::Revision a = options.a != 0 ? options.a : store.revision() - 1;
    for (const trace::Revision revision : {a, b}) {
        if (!store.revision(revision))
            return std::unexpected(
                Failure{std::format("there is no revision {}: the last one is {}", revision, store.revision())});
    }
    const std::size_t most = options.all ? std::size_t(-1) : mostOfEach;
    std::string text = toText(store, trace::diff(store, a, b), options.edit.times, most);
    if (reports.contains(a) && reports.contains(b))
        text += "\n" + textOf(changedFindings(reports.at(a), reports.at(b)), most);
    return printed(text, store);
}

} // namespace

void addDiff(CLI::App &program, Command &chosen)
{
    CLI::App *command = program.add_subcommand("diff", "Play edits in memory and say how two revisions differ");
    command->footer("Example: nuages diff 1 2 --edit templates/base.html 'block title' 'block name'");
    const auto options = std::make_shared<DiffOptions>();
    command->add_option("A", options->a, "Revision; 1 is the first check; default: the one before the last")
        ->option_text(" ");
    command->add_option("B", options->b, "Revision; default: the last one")->option_text(" ");
    addEditOptions(*command, options->edit, Edits::FirstAndStdin);
    command->add_flag("--all", options->all, "Name all queries and findings that differ");
    command->callback([options, &chosen] { chosen = [options] { return diffOf(*options); }; });
}

} // namespace nuages::app
