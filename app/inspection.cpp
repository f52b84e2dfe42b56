#include "app/inspection.h"

#include "app/places.h"
#include "app/selection.h"

#include "engine/project/discovery/discovery.h"
#include "engine/project/django.h"
#include "engine/project/settings/settings.h"
#include "engine/rules/diagnostics.h"
#include "engine/rules/openness.h"
#include "engine/rules/selection.h"
#include "engine/source/files.h"
#include "engine/source/path.h"
#include "engine/source/queries.h"

#include <algorithm>
#include <filesystem>
#include <format>
#include <map>

namespace nuages::app {

namespace {

using project::OpenReason;
using project::TemplateFile;

/// What concerns one project as a whole.
struct Overview {
    Portion portion;
    project::Configuration configuration;
    project::InstalledPackages packages;
    std::optional<project::Django> django;
    std::optional<project::SettingsLocation> settings;
    std::vector<rules::Withheld> open;
};

/// What is checked.
struct Selected {
    std::vector<Overview> projects; ///< Sorted by root.
    std::vector<std::string> others; ///< Paths that were named and are no templates.
};

/// What could not be read, and what that costs.
struct Openness {
    std::vector<rules::Withheld> reasons;
    std::map<OpenReason, std::uint32_t> templates; ///< In how many a claim is withheld for the reason.

    void add(const Openness &more)
    {
        rules::addWithheld(reasons, more.reasons);
        for (const auto &[reason, count] : more.templates)
            templates[reason] += count;
    }
};

/// What a few templates gave.
struct Batch {
    std::vector<Finding> findings;
    Openness open;
};

Selected select(query::Reader &db, project::Given given, const std::vector<std::string> &paths)
{
    Selected selected;
    for (Portion &portion : selectTemplates(db, given, paths)) {
        const project::Project project = portion.project;
        selected.projects.push_back({std::move(portion), db.get<project::ProjectConfiguration>(project),
                                     db.get<project::SitePackages>(project), db.get<project::FindDjango>(project),
                                     db.get<project::SettingsModule>(project),
                                     db.get<rules::ProjectOpenness>(project)});
    }
    selected.others = namedWithoutBeingTemplates(db, paths);
    return selected;
}

Batch checkBatch(query::Reader &db, const Portion &portion, const std::string &root)
{
    Batch batch;
    const rules::RuleSelection wanted = rules::selectionOf(db.get<project::ProjectConfiguration>(portion.project));
    for (const TemplateFile &file : portion.templates) {
        const std::vector<rules::Diagnostic> all = db.get<rules::Diagnostics>(portion.project, file.file);
        std::optional<Places> places;
        std::map<std::string, Places> related; // a cursor of their own, as they stand before the findings
        for (const rules::Diagnostic &diagnostic : rules::selected(all, wanted, file.path)) {
            if (!places)
                places.emplace(db.get<source::Lines>(file.file));
            Finding finding{project::pathFrom(root, file.path),
                            diagnostic.rule,
                            diagnostic.severity,
                            diagnostic.message,
                            {},
                            {},
                            {}};
            finding.span = places->span(diagnostic.range);
            finding.line = places->line(finding.span.start.line);
            for (const rules::Related &other : diagnostic.related) {
                const source::File there = source::fileAt(db, other.path);
                Places &cursor = related.try_emplace(other.path, db.get<source::Lines>(there)).first->second;
                finding.related.push_back(
                    {project::pathFrom(root, other.path), cursor.span(other.range), other.message});
            }
            batch.findings.push_back(std::move(finding));
        }
        Openness open{db.get<rules::TemplateOpenness>(portion.project, file.file), {}};
        for (const rules::Withheld &withheld : open.reasons) {
            if (withheld.claims > 0)
                open.templates.emplace(withheld.reason, 1);
        }
        batch.open.add(open);
    }
    return batch;
}

/// Many more batches than threads, so that none waits long for another's slow one; not one a template, because a
/// reader costs more than a small template.
std::vector<Portion> cut(const Portion &whole, unsigned threads)
{
    const std::vector<TemplateFile> &files = whole.templates;
    const std::size_t size = std::max<std::size_t>(files.size() / (threads * 8uz), 1);
    std::vector<Portion> portions;
    for (std::size_t begin = 0; begin < files.size(); begin += size) {
        const auto end = std::min(begin + size, files.size());
        portions.push_back(
            {whole.project, whole.root, {files.begin() + std::ptrdiff_t(begin), files.begin() + std::ptrdiff_t(end)}});
    }
    return portions;
}

/// Why nothing can be said at all: a mistake in the configuration.
std::optional<Failure> whyNot(const Overview &overview)
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
    if (!configuration.settings.empty() && (!overview.settings || overview.settings->file.empty())) {
        return Failure{std::format("no settings module {} in {} or the installed packages", configuration.settings,
                                   overview.portion.root)};
    }
    if (const std::vector<std::string> problems = rules::problemsOf(configuration); !problems.empty())
        return Failure{std::format("{}: {}", overview.portion.root, problems.front())};
    return std::nullopt;
}

std::vector<Opening> openings(const Openness &open, const std::string &root)
{
    std::vector<Opening> result;
    for (const rules::Withheld &withheld : open.reasons) {
        const auto templates = open.templates.find(withheld.reason);
        result.push_back({project::pathFrom(root, withheld.reason.file), withheld.reason.line, withheld.reason.why,
                          std::string(rules::keyOf(withheld.cure)), withheld.claims,
                          templates == open.templates.end() ? 0 : templates->second});
    }
    return result;
}

ProjectReport reportOn(const Overview &overview)
{
    ProjectReport report;
    report.root = overview.portion.root;
    if (overview.django)
        report.django = overview.django->version;
    if (overview.settings)
        report.settings = overview.settings->module;
    report.environment = overview.packages.folders;
    if (!overview.packages.folders.empty())
        report.environmentFoundBy = overview.packages.foundBy;
    report.templates = overview.portion.templates.size();
    return report;
}

/// The innermost folder that holds all roots, or is the only one.
std::string commonRoot(const std::vector<Overview> &projects)
{
    std::string_view common = projects.front().portion.root;
    for (const Overview &each : projects) {
        while (common != "/" && project::pathFrom(common, each.portion.root) == each.portion.root)
            common = source::parentPath(common);
    }
    return std::string(common);
}

/// The nearest folder at or above `root` in which a version control keeps its books; else `root`.
std::string repositoryOf(const std::string &root)
{
    std::error_code ignored;
    for (std::filesystem::path folder = root; folder != folder.parent_path(); folder = folder.parent_path()) {
        if (std::filesystem::exists(folder / ".git", ignored))
            return folder.string();
    }
    return root;
}

} // namespace

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

std::expected<Report, Failure> inspect(Workspace &workspace, const Environment &environment, query::RequestId request)
{
    const auto selected = workspace.ask(
        request,
        [](query::Reader &db, project::Given given, std::vector<std::string> paths) {
            return select(db, given, paths);
        },
        workspace.given(), environment.paths);
    if (!selected)
        return std::unexpected(explained(selected.error()));

    Report report;
    report.root = commonRoot(selected->projects);
    report.repository = repositoryOf(report.root);
    if (!selected->others.empty()) {
        const std::string other = project::pathFrom(report.root, selected->others.front());
        return std::unexpected(Failure{std::format("{} is no template", other)});
    }
    for (const Overview &overview : selected->projects) {
        if (auto failure = whyNot(overview))
            return std::unexpected(*std::move(failure));
        ProjectReport part = reportOn(overview);
        Openness open{overview.open, {}};
        // A task takes a function that captures nothing, by its type.
        const auto check = [](query::Reader &db, Portion portion, std::string root) {
            return checkBatch(db, portion, root);
        };
        for (const auto &batch :
             workspace.askEach(request, check, cut(overview.portion, workspace.threadCount()), report.root)) {
            if (!batch)
                return std::unexpected(explained(batch.error()));
            report.findings.insert(report.findings.end(), batch->findings.begin(), batch->findings.end());
            open.add(batch->open);
        }
        part.open = openings(open, report.root);
        report.projects.push_back(std::move(part));
        for (const TemplateFile &file : overview.portion.templates)
            report.templates.push_back(project::pathFrom(report.root, file.path));
    }
    if (report.projects.size() > 1) { // one may lie in another
        std::ranges::stable_sort(report.findings, {}, &Finding::path);
        std::ranges::sort(report.templates);
    }
    return report;
}

} // namespace nuages::app
