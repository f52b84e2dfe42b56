#include "app/inspection.h"

#include "app/selection.h"

#include "engine/project/discovery/discovery.h"
#include "engine/project/django.h"
#include "engine/project/settings/settings.h"
#include "engine/rules/diagnostics.h"
#include "engine/rules/openness.h"
#include "engine/source/queries.h"

#include <algorithm>
#include <filesystem>
#include <format>
#include <ranges>

template <>
inline constexpr bool nuages::query::enableSendable<nuages::project::TemplateFile> = true;

namespace nuages::app {

namespace {

using project::OpenReason;
using project::TemplateFile;

/// What concerns the project as a whole.
struct Overview {
    project::Configuration configuration;
    std::optional<project::Django> django;
    std::optional<project::SettingsLocation> settings;
    std::vector<rules::Withheld> open;
    std::vector<TemplateFile> templates;
};

/// What a few templates gave.
struct Batch {
    std::vector<Finding> findings;
    std::vector<rules::Withheld> open;
};

Position positionOf(const source::LineIndex &lines, std::uint32_t offset)
{
    const source::Position position = lines.position(offset, source::ColumnUnit::CodePoint);
    return {position.line + 1, position.column + 1, offset};
}

Span spanOf(const source::LineIndex &lines, source::Range range)
{
    return {positionOf(lines, range.begin), positionOf(lines, range.end)};
}

Finding findingOf(query::Reader &db, const std::string &root, const TemplateFile &file,
                  const rules::Diagnostic &diagnostic)
{
    const source::LineIndex &lines = db.get<source::Lines>(file.file);
    Finding finding{project::pathFrom(root, file.path),
                    diagnostic.rule,
                    diagnostic.severity,
                    diagnostic.message,
                    spanOf(lines, diagnostic.range),
                    {},
                    {}};
    finding.line = {lines.text(), lines.line(finding.span.start.line - 1)};
    for (const rules::Related &related : diagnostic.related) {
        const source::LineIndex &others = db.get<source::Lines>(source::fileAt(db, related.path));
        finding.related.push_back({project::pathFrom(root, related.path), spanOf(others, related.range), related.message});
    }
    return finding;
}

Batch checkBatch(query::Reader &db, const std::vector<TemplateFile> &files, project::Project project,
                 const std::string &root)
{
    Batch batch;
    for (const TemplateFile &file : files) {
        for (const rules::Diagnostic &diagnostic : db.get<rules::Diagnostics>(project, file.file))
            batch.findings.push_back(findingOf(db, root, file, diagnostic));
        rules::addWithheld(batch.open, db.get<rules::TemplateOpenness>(project, file.file));
    }
    return batch;
}

/// Many more batches than threads, so that none waits long for another's slow one; not one a template, because a
/// reader costs more than a small template.
std::vector<std::vector<TemplateFile>> cut(const std::vector<TemplateFile> &files, unsigned threads)
{
    const std::size_t size = std::max<std::size_t>(files.size() / (threads * 8uz), 1);
    std::vector<std::vector<TemplateFile>> batches;
    for (std::size_t begin = 0; begin < files.size(); begin += size) {
        const auto end = std::min(begin + size, files.size());
        batches.emplace_back(files.begin() + std::ptrdiff_t(begin), files.begin() + std::ptrdiff_t(end));
    }
    return batches;
}

/// In words. What the engine could not compute is our mistake: one template must not make a run look clean.
Failure explained(const query::Failure &failure)
{
    std::string queries;
    for (const std::string &query : failure.queries)
        queries += (queries.empty() ? "" : " → ") + query;
    switch (failure.kind) {
    case query::Failure::Kind::Cancelled:
        return {"the project is nested too deeply to be read"};
    case query::Failure::Kind::Cycle:
        return {std::format("these questions need each other: {}", queries)};
    case query::Failure::Kind::Exception:
        break;
    }
    return {std::format("internal error: {} (in {})", failure.message, queries)};
}

/// Why nothing can be said at all: a mistake in the configuration.
std::optional<Failure> whyNot(const Overview &overview, const std::string &root)
{
    const project::Configuration &configuration = overview.configuration;
    if (!configuration.problems.empty()) {
        const project::ConfigurationProblem &first = configuration.problems.front();
        return Failure{std::format("{}:{}: {}", first.file, first.line, first.what)};
    }
    for (const std::string &folder : configuration.sitePackages) {
        std::error_code ignored;
        if (!std::filesystem::is_directory(folder, ignored))
            return Failure{std::format("site-packages is not a folder: {}", folder)};
    }
    if (!configuration.settings.empty() && (!overview.settings || overview.settings->file.empty()))
        return Failure{std::format("no settings module {} in {} or the installed packages", configuration.settings, root)};
    return std::nullopt;
}

std::vector<std::string> printed(const std::vector<rules::Withheld> &open, const std::string &root)
{
    std::vector<std::string> result;
    for (const OpenReason &reason : std::views::transform(open, &rules::Withheld::reason)) {
        // What concerns a folder as a whole has no line.
        const std::string line = reason.line == 0 ? std::string() : std::format(":{}", reason.line);
        result.push_back(std::format("{}{}: {}", project::pathFrom(root, reason.file), line, reason.why));
    }
    return result;
}

} // namespace

std::expected<Report, Failure> inspect(Workspace &workspace, const Environment &environment, query::RequestId request)
{
    const auto overview = workspace.ask(
        request,
        [](query::Reader &db, project::Project project, Selection selection) {
            return Overview{db.get<project::ProjectConfiguration>(project), db.get<project::FindDjango>(project),
                            db.get<project::SettingsModule>(project), db.get<rules::ProjectOpenness>(project),
                            selectTemplates(db, project, selection)};
        },
        workspace.project(), Selection{environment.paths});
    if (!overview)
        return std::unexpected(explained(overview.error()));
    if (auto failure = whyNot(*overview, workspace.root()))
        return std::unexpected(*std::move(failure));

    Report report;
    report.project = workspace.root();
    if (overview->django)
        report.django = overview->django->version;
    if (overview->settings)
        report.settings = overview->settings->module;
    report.templates = overview->templates.size();

    std::vector<rules::Withheld> open = overview->open;
    // A task takes a function that captures nothing, by its type.
    const auto check = [](query::Reader &db, std::vector<TemplateFile> files, project::Project project,
                          std::string root) { return checkBatch(db, files, project, root); };
    const auto batches = workspace.askEach(request, check, cut(overview->templates, workspace.threadCount()),
                                           workspace.project(), workspace.root());
    for (const auto &batch : batches) {
        if (!batch)
            return std::unexpected(explained(batch.error()));
        report.findings.insert(report.findings.end(), batch->findings.begin(), batch->findings.end());
        rules::addWithheld(open, batch->open);
    }
    report.open = printed(open, workspace.root());
    return report;
}

} // namespace nuages::app
