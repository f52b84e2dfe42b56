#include "app/commands.h"
#include "app/environment.h"
#include "app/inspection.h"
#include "app/selection.h"
#include "app/workspace.h"

#include "engine/project/discovery/configuration.h"

#include "engine/source/queries.h"
#include "engine/template/queries.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <format>
#include <map>
#include <memory>
#include <tuple>

namespace nuages::app {

namespace {

using query::Event;

struct DemoOptions {
    Wanted wanted;
    std::string templateFile;
    std::string insert = "{# Played in memory by nuages. #}\n";
    unsigned threads = 0;
};

bool isExecution(const Event &event)
{
    return event.what == Event::What::ExecutedNew || event.what == Event::What::ExecutedChanged
        || event.what == Event::What::ExecutedBackdated;
}

/// The template that most others extend; the first one when none extends another.
std::string mostExtended(query::Reader &db, project::Given given, const std::vector<std::string> &paths)
{
    std::string best;
    std::map<std::string, int> extended;
    int most = -1;
    std::vector<project::TemplateFile> files;
    for (const Portion &portion : selectTemplates(db, given, paths))
        files.insert(files.end(), portion.templates.begin(), portion.templates.end());
    for (const project::TemplateFile &file : files) {
        const templates::TemplateFacts &facts = db.get<templates::Facts>(file.file);
        if (facts.extends && facts.extends->name)
            ++extended[*facts.extends->name];
    }
    for (const project::TemplateFile &file : files) {
        int count = 0;
        for (const auto &[name, uses] : extended)
            count += file.path.ends_with('/' + name) ? uses : 0;
        if (count > most) {
            most = count;
            best = file.path;
        }
    }
    return best;
}

std::string reasonOf(const query::Engine &engine, const Event &event)
{
    if (event.reason == query::Reason::DependencyChanged)
        return engine.describe(event.cause) + " changed";
    return query::nameOf(event.reason);
}

const char *resultOf(const Event &event)
{
    if (event.what == Event::What::ExecutedNew)
        return "ran for the first time";
    return event.what == Event::What::ExecutedBackdated ? "ran and was back-dated: same value"
                                                        : "ran and has another value";
}

/// One line for each query that ran in the revision, in the order in which they ended.
std::string whyLines(const query::Engine &engine, const std::vector<Event> &events)
{
    std::string text;
    for (const Event &event : events) {
        if (event.what == Event::What::InputSet) {
            std::format_to(std::back_inserter(text), "why: {} was set by the edit\n", engine.describe(event.key));
        } else if (isExecution(event)) {
            const std::string parent = event.parent.kind == 0 ? "the request" : engine.describe(event.parent);
            std::format_to(std::back_inserter(text), "why: {} {}; reason: {}; parent: {}; request: {}; {:.3f} ms\n",
                           engine.describe(event.key), resultOf(event), reasonOf(engine, event), parent, event.request,
                           double(event.durationNs) / 1e6);
        }
    }
    return text;
}

/// Sums for people: what ran, what was found to be still good, what ran for nothing new.
std::string summaryLine(query::Revision revision, const query::Counters &before, const query::Counters &after)
{
    return std::format("revision {}: {} executed, {} validated, {} back-dated\n", revision,
                       after.executed - before.executed, after.validated() - before.validated(),
                       after.backdated - before.backdated);
}

std::expected<ExitCode, Failure> demo(DemoOptions options)
{
    const std::expected<Environment, Failure> environment = findEnvironment(options.wanted);
    if (!environment)
        return std::unexpected(environment.error());
    Workspace workspace(*environment, {}, options.threads);
    const std::expected<Report, Failure> first = inspect(workspace, *environment, 1);
    if (!first)
        return std::unexpected(first.error());

    Overlay overlay{options.templateFile.empty() ? std::string() : normalPath(options.templateFile), {}};
    if (overlay.path.empty())
        overlay.path = workspace
                           .ask(
                               1,
                               [](query::Reader &db, project::Given given, std::vector<std::string> paths) {
                                   return mostExtended(db, given, paths);
                               },
                               workspace.given(), environment->paths)
                           .value_or("");
    const auto text = workspace.ask(
        1, [](query::Reader &db, std::string path) { return db.get<source::SourceText>(source::fileAt(db, path)); },
        overlay.path);
    if (!text || !text->exists())
        return std::unexpected(Failure{std::format("no template to play with: {}", overlay.path)});
    overlay.text = std::string(text->view()) + options.insert;

    std::printf("revision %u: %s\nAn edit in memory adds %zu bytes at the end of %s.\n", workspace.engine().revision(),
                summary(*first).c_str(), options.insert.size(),
                project::pathFrom(workspace.root(), overlay.path).c_str());
    const query::Counters before = workspace.engine().counters();
    workspace.engine().setWatching(true);
    workspace.edit("demo", overlay);
    const std::expected<Report, Failure> second = inspect(workspace, *environment, 2);
    if (!second)
        return std::unexpected(second.error());
    std::fputs(summaryLine(workspace.engine().revision(), before, workspace.engine().counters()).c_str(), stdout);
    std::fputs(whyLines(workspace.engine(), workspace.engine().takeEvents()).c_str(), stdout);
    std::printf("%s, as before the edit: %s\n", summary(*second).c_str(),
                concise(*first) == concise(*second) ? "yes" : "no");
    return ExitCode::Clean;
}

} // namespace

void addDemo(CLI::App &program, Command &chosen)
{
    CLI::App *command = program.add_subcommand("demo", "Play one edit in memory and say why each query ran");
    const auto options = std::make_shared<DemoOptions>();
    command->add_option("PROJECT", options->wanted.paths, "Folder of the project; default: the working folder")
        ->option_text(" ")
        ->expected(0, 1);
    command->add_option("--template", options->templateFile, "Template to edit; default: the one most others extend")
        ->type_name("FILE");
    command->add_option("--insert", options->insert, "What is added at its end; default: a comment")->type_name("TEXT");
    command->add_option("--threads", options->threads, "Worker threads; default: one for each core")
        ->check(CLI::Range(1u, 1024u).description(""))
        ->type_name("N");
    command->callback([options, &chosen] { chosen = [options] { return demo(*options); }; });
}

} // namespace nuages::app
