#include "app/commands.h"
#include "app/play.h"
#include "app/whyline.h"

#include "engine/project/discovery/configuration.h"
#include "engine/source/files.h"
#include "engine/source/queries.h"
#include "engine/trace/store.h"
#include "engine/trace/why.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <format>
#include <memory>

namespace nuages::app {

namespace {

using trace::NodeId;
using trace::Outcome;

struct WhyOptions {
    std::vector<std::string> subjects;
    EditOptions edit;
    bool all = false;
};

/// What is shown unless all is asked for: a change of settings may end at a thousand queries.
constexpr std::size_t mostFindings = 10;
constexpr std::size_t mostQueries = 3;

/// "revision 2, edit of base.html: 4 ran, 2 of them to the same value; 425 were checked and kept; 31 were not checked"
std::string billLine(const trace::RevisionRecord &record)
{
    const std::uint64_t same = record.count(Outcome::ExecutedBackdated);
    const std::uint64_t ran = same + record.count(Outcome::ExecutedNew) + record.count(Outcome::ExecutedChanged);
    return std::format("revision {}, {}: {} ran, {} of them to the same value; {} checked and kept; {} not checked\n",
                       record.revision, record.label, ran, same, record.count(Outcome::Validated), record.notChecked());
}

/// Of a query that ran, why; of one that did not, why not.
std::string explained(const trace::Store &store, NodeId node, trace::Times times)
{
    const trace::Revision now = store.revision();
    const trace::WhyNot whyNot = trace::whyNot(store, node, now);
    return whyNot.answer == trace::WhyNot::Answer::Ran ? trace::toText(trace::why(store, node, now), times)
                                                       : trace::toText(whyNot, times);
}

/// What is explained if the command line names nothing: the queries at which the change stopped, and those that nothing
/// that ran has read. Together they explain all that ran.
std::vector<NodeId> endsOfTheChange(const trace::Store &store)
{
    std::vector<NodeId> ends;
    for (const trace::Execution &execution : store.executions(store.revision())) {
        const auto hasRun = [&store](NodeId reader) {
            const auto outcome = store.outcomeAt(reader, store.revision());
            return outcome && isExecution(*outcome);
        };
        const bool isEnd = execution.outcome == Outcome::ExecutedBackdated
            || std::ranges::none_of(store.readers(execution.node), hasRun);
        if (isExecution(execution.outcome) && isEnd)
            ends.push_back(execution.node);
    }
    return ends;
}

/// An explanation names all that ran for the same reason, which may be a hundred queries.
std::string firstLines(const std::string &text)
{
    constexpr std::ptrdiff_t most = 30;
    const std::ptrdiff_t lines = std::ranges::count(text, '\n');
    if (lines <= most)
        return text;
    std::size_t end = 0;
    for (std::ptrdiff_t line = 0; line < most; ++line)
        end = text.find('\n', end) + 1;
    return text.substr(0, end) + std::format("  and {} more lines with --all\n", lines - most);
}

/// The findings that changed, then why the first of their templates was judged again, or where the change ended if no
/// finding did.
std::string explainedChange(const trace::Store &store, const ChangedFindings &changed, const std::string &root,
                            const WhyOptions &options)
{
    std::string text = '\n' + textOf(changed, options.all ? std::size_t(-1) : mostFindings);
    std::vector<NodeId> nodes;
    for (const auto *findings : {&changed.fresh, &changed.gone}) {
        if (!findings->empty() && nodes.empty()) {
            if (const auto node = nodeOf(store, findings->front()->path, root))
                nodes.push_back(*node);
        }
    }
    const std::size_t most = options.all ? std::size_t(-1) : nodes.empty() ? mostQueries : nodes.size();
    std::size_t more = 0;
    for (const NodeId node : endsOfTheChange(store)) {
        if (std::ranges::contains(nodes, node))
            continue;
        if (nodes.size() < most)
            nodes.push_back(node);
        else
            ++more;
    }
    for (const NodeId node : nodes) {
        const std::string whole = explained(store, node, options.edit.times);
        text += '\n' + (options.all ? whole : firstLines(whole));
    }
    if (more > 0)
        text += std::format("\nThe change ended at {} more quer{}: --all explains {}.\n", more, more == 1 ? "y" : "ies",
                            more == 1 ? "it" : "them");
    return text;
}

constexpr auto readText = [](query::Reader &db, const std::string &path) -> source::Text {
    return db.get<source::SourceText>(source::fileAt(db, path));
};

std::expected<ExitCode, Failure> why(const WhyOptions &options)
{
    const auto play = Play::create(options.edit);
    if (!play)
        return std::unexpected(play.error());
    const std::string &root = (*play)->root();
    const std::expected<std::vector<Overlay>, Failure> texts = textsAfter(options.edit, root);
    if (!texts)
        return std::unexpected(texts.error());
    const auto before = (*play)->check();
    if (!before)
        return std::unexpected(before.error());
    if (const auto played = (*play)->edit(*texts); !played)
        return std::unexpected(played.error());
    const auto after = (*play)->check();
    if (!after)
        return std::unexpected(after.error());

    const trace::Store &store = (*play)->store();
    std::string text = billLine(*store.revision(store.revision()));
    for (const std::string &subject : options.subjects) {
        const std::expected<NodeId, Failure> node = nodeOf(store, subject, root);
        if (!node)
            return std::unexpected(node.error());
        std::vector<NodeId> nodes = {*node};
        if (const auto place = TemplateLine::of(subject); place && !subject.contains('(')) {
            const auto all = (*play)->workspace().ask(2, readText, std::string(store.node(*node).file));
            const auto line = all ? lineOf(all->view(), place->number) : std::nullopt;
            if (!line)
                return std::unexpected(Failure{std::format("{} has no line {}", place->path, place->number)});
            const std::string shown = project::pathFrom(root, std::string(store.node(*node).file));
            text += std::format("\nLine {} of {}: {}\n", place->number, shown, *line)
                + findingsOfLine(*before, *after, shown, *line);
            const std::vector<NodeId> asked = queriesOfLine(store, *node, *line);
            nodes.insert(nodes.begin(), asked.begin(), asked.end());
        }
        for (const NodeId each : nodes)
            text += "\n" + explained(store, each, options.edit.times);
    }
    if (options.subjects.empty())
        text += explainedChange(store, changedFindings(*before, *after), root, options);
    return printed(text, store);
}

} // namespace

void addWhy(CLI::App &program, Command &chosen)
{
    CLI::App *command = program.add_subcommand("why", "Play an edit in memory and say why a query ran, or did not");
    command->footer("Example: nuages why --edit templates/base.html 'block title' 'block name'");
    const auto options = std::make_shared<WhyOptions>();
    command
        ->add_option("SUBJECT", options->subjects,
                     "Queries, as the output names them, or TEMPLATE or TEMPLATE:LINE;\n"
                     "default: the findings that changed, and why; else where the change ended")
        ->option_text("...");
    addEditOptions(*command, options->edit, Edits::StdinOnly);
    command->add_flag("--all", options->all, "Name all findings that changed and explain every end of the change");
    command->callback([options, &chosen] { chosen = [options] { return why(*options); }; });
}

} // namespace nuages::app
