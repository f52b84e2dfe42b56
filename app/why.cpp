#include "app/commands.h"
#include "app/edit.h"
#include "app/environment.h"
#include "app/inspection.h"
#include "app/projectoptions.h"
#include "app/selection.h"
#include "app/whyline.h"
#include "app/workspace.h"

#include "engine/project/discovery/configuration.h"
#include "engine/source/files.h"
#include "engine/source/queries.h"
#include "engine/trace/recorder.h"
#include "engine/trace/store.h"
#include "engine/trace/why.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <format>
#include <iostream>
#include <iterator>
#include <memory>

namespace nuages::app {

namespace {

using trace::NodeId;
using trace::Outcome;

struct WhyOptions {
    std::vector<std::string> subjects;
    Wanted wanted;
    std::vector<Replacement> replacements;
    trace::Times times = trace::Times::Shown;
    bool all = false;
};

/// What is shown unless all is asked for: a change of settings may end at a thousand queries.
constexpr std::size_t mostFindings = 10;
constexpr std::size_t mostQueries = 3;

/// The names that contain what was asked for, to help someone who mistyped.
std::string similarNames(const trace::Store &store, const std::string &subject)
{
    constexpr std::size_t most = 3;
    const std::string inBrackets = subject.substr(subject.find('(') + 1);
    const std::string key = inBrackets.substr(0, inBrackets.find(')'));
    const std::string base = key.substr(key.rfind('/') + 1);
    std::vector<std::string> names;
    for (NodeId id = 1; id <= store.lastNode() && names.size() < most; ++id) {
        const trace::Node &node = store.node(id);
        if (!base.empty() && !node.isInput && node.key.ends_with(base))
            names.push_back(nameOf(node));
    }
    std::string text;
    for (const std::string &name : names)
        text += (text.empty() ? "; there is " : ", ") + name;
    return text;
}

/// The node that a subject of the command line means: a query by its name, or a template by its path, which means its
/// diagnostics.
std::expected<NodeId, Failure> nodeOf(const trace::Store &store, const std::string &subject, const std::string &root)
{
    if (const NodeId node = store.find(subject))
        return node;
    if (!subject.contains('(')) {
        const auto place = TemplateLine::of(subject);
        for (const NodeId id : store.nodesOfFile(fileNamed(place ? place->path : subject, root))) {
            if (store.node(id).kind == "Diagnostics")
                return id;
        }
        return std::unexpected(Failure{std::format("{} is no template that was checked", subject)});
    }
    return std::unexpected(Failure{std::format("no query {}{}", subject, similarNames(store, subject))});
}

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
        const std::string whole = explained(store, node, options.times);
        text += '\n' + (options.all ? whole : firstLines(whole));
    }
    if (more > 0)
        text += std::format("\nThe change ended at {} more quer{}: --all explains {}.\n", more, more == 1 ? "y" : "ies",
                            more == 1 ? "it" : "them");
    return text;
}

/// The texts that the files have after the edit.
std::expected<std::vector<Overlay>, Failure> textsAfter(const WhyOptions &options, const std::string &root)
{
    if (options.replacements.empty() && options.wanted.stdinFilename.empty()) {
        return std::unexpected(Failure{"an edit is needed: --edit FILE OLD NEW, or --stdin-filename NAME and the text "
                                       "that it has then on stdin"});
    }
    std::expected<std::vector<Overlay>, Failure> texts = edited(options.replacements, root);
    if (texts && !options.wanted.stdinFilename.empty()) {
        texts->push_back({fileNamed(options.wanted.stdinFilename, root),
                          std::string(std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>())});
    }
    return texts;
}

constexpr auto readText = [](query::Reader &db, const std::string &path) -> source::Text {
    return db.get<source::SourceText>(source::fileAt(db, path));
};

std::string labelOf(const std::vector<Overlay> &texts, const std::string &root)
{
    std::string files;
    for (const Overlay &text : texts)
        files += (files.empty() ? "" : ", ") + project::pathFrom(root, text.path);
    return "edit of " + files;
}

std::expected<ExitCode, Failure> why(const WhyOptions &options)
{
    Wanted wanted = options.wanted;
    wanted.stdinFilename.clear(); // it is the text after, not before
    if (wanted.project.empty() && !options.wanted.stdinFilename.empty())
        wanted.paths = {options.wanted.stdinFilename};
    else if (wanted.project.empty() && !options.replacements.empty())
        wanted.paths = {std::get<0>(options.replacements.front())};
    std::expected<Environment, Failure> environment = findEnvironment(wanted);
    if (!environment)
        return std::unexpected(environment.error());
    environment->paths.clear(); // the whole project, wherever the edit is

    // On one thread, so that who needed what first is the same on every run.
    Workspace workspace(*environment, {}, 1);
    const std::string &root = workspace.root();
    const std::expected<std::vector<Overlay>, Failure> texts = textsAfter(options, root);
    if (!texts)
        return std::unexpected(texts.error());
    trace::Recorder recorder(workspace.engine());
    trace::Store store;
    const auto take = [&] {
        for (bool isPartial = true; isPartial; isPartial = store.isPartial())
            store.apply(recorder.take());
    };
    workspace.setBetween(take);
    const auto check = [&](query::RequestId request) -> std::expected<Report, Failure> {
        recorder.requestArrived(request, "the check", root);
        recorder.requestStarted(request);
        std::expected<Report, Failure> report = inspect(workspace, *environment, request);
        recorder.requestEnded(request, trace::RequestRecord::State::Answered);
        take();
        return report;
    };
    const auto before = check(1);
    if (!before)
        return std::unexpected(before.error());
    const query::Revision first = workspace.engine().revision();
    workspace.edit(labelOf(*texts, root), *texts);
    if (workspace.engine().revision() == first)
        return std::unexpected(Failure{"the edit changes nothing that was read"});
    const auto after = check(2);
    if (!after)
        return std::unexpected(after.error());

    std::string text = billLine(*store.revision(store.revision()));
    for (const std::string &subject : options.subjects) {
        const std::expected<NodeId, Failure> node = nodeOf(store, subject, root);
        if (!node)
            return std::unexpected(node.error());
        std::vector<NodeId> nodes = {*node};
        if (const auto place = TemplateLine::of(subject); place && !subject.contains('(')) {
            const auto all = workspace.ask(2, readText, store.node(*node).file);
            const auto line = all ? lineOf(all->view(), place->number) : std::nullopt;
            if (!line)
                return std::unexpected(Failure{std::format("{} has no line {}", place->path, place->number)});
            const std::string shown = project::pathFrom(root, store.node(*node).file);
            text += std::format("\nLine {} of {}: {}\n", place->number, shown, *line)
                + findingsOfLine(*before, *after, shown, *line);
            const std::vector<NodeId> asked = queriesOfLine(store, *node, *line);
            nodes.insert(nodes.begin(), asked.begin(), asked.end());
        }
        for (const NodeId each : nodes)
            text += "\n" + explained(store, each, options.times);
    }
    if (options.subjects.empty())
        text += explainedChange(store, changedFindings(*before, *after), root, options);
    if (const std::uint64_t lost = store.cost().lostValidations + store.cost().lostOthers)
        std::fprintf(stderr, "nuages: %llu events found no room and are missing\n", (unsigned long long)(lost));
    std::fputs(text.c_str(), stdout);
    if (std::fflush(stdout) != 0)
        return std::unexpected(Failure{"cannot write to stdout"});
    return ExitCode::Clean;
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
    command
        ->add_option("--edit", options->replacements,
                     "In FILE, put NEW in the place of OLD; repeatable, all in one change")
        ->type_name("FILE OLD NEW")
        ->allow_extra_args(false);
    command
        ->add_option("--stdin-filename", options->wanted.stdinFilename,
                     "The text on stdin takes the place of this file's")
        ->type_name("NAME");
    addProjectOptions(*command, options->wanted, "the edited file");
    command->add_flag("--all", options->all, "Name all findings that changed and explain every end of the change");
    command->add_flag_callback(
        "--no-times", [options] { options->times = trace::Times::Hidden; },
        "Print no durations, so that the output is the same on every run");
    command->callback([options, &chosen] { chosen = [options] { return why(*options); }; });
}

} // namespace nuages::app
