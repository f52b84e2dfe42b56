#include "app/formats/facts.h"
#include "app/choice.h"
#include "app/commands.h"
#include "app/environment.h"
#include "app/inspection.h"
#include "app/projectoptions.h"
#include "app/selection.h"
#include "app/workspace.h"

#include "engine/project/apps/installedapps.h"
#include "engine/project/discovery/discovery.h"
#include "engine/project/django.h"
#include "engine/project/libraries/libraries.h"
#include "engine/project/libraries/taglibrary.h"
#include "engine/project/searchpath.h"
#include "engine/project/settings/settings.h"
#include "engine/project/templates/directories.h"
#include "engine/source/queries.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>

template <>
inline constexpr bool nuages::query::enableSendable<nuages::app::Facts> = true;

namespace nuages::app {

namespace {

enum class FactsFormat { Text, Json };

struct FactsOptions {
    Wanted wanted;
    FactsFormat format = FactsFormat::Text;
};

/// Asks for everything that is known of one project. Lives inside one task.
class Collector
{
public:
    Collector(query::Reader &db, project::Project project, const std::string &root)
        : m_db(db), m_project(project), m_root(root)
    {
    }

    Facts collect();

private:
    std::string shown(const std::string &path) const { return project::pathFrom(m_root, path); }
    Source source(const project::SettingsPlace &place) const { return {shown(place.file), place.line}; }
    std::vector<SettingShown> settings(const std::vector<project::SettingsEntry> &entries, bool arePaths) const;
    EngineShown engine(const project::TemplateEngine &engine) const;
    std::vector<AppShown> apps(const project::AppInventory &inventory) const;
    LibraryShown library(const std::string &name, const project::LibraryModule &module) const;
    std::vector<Opening> openings(const std::vector<project::OpenReason> &reasons) const;

    query::Reader &m_db;
    project::Project m_project;
    const std::string &m_root;
};

std::vector<SettingShown> Collector::settings(const std::vector<project::SettingsEntry> &entries, bool arePaths) const
{
    std::vector<SettingShown> result;
    for (const project::SettingsEntry &entry : entries)
        result.push_back({{}, arePaths ? shown(entry.value) : entry.value, source(entry.place)});
    return result;
}

EngineShown Collector::engine(const project::TemplateEngine &engine) const
{
    constexpr std::array answers = {"no", "yes", "unknown"}; // as in project::Answer
    EngineShown result{engine.name,
                       engine.backend,
                       engine.certainty == project::Certainty::Always,
                       source(engine.place),
                       answers[static_cast<std::size_t>(engine.appDirs)],
                       settings(engine.dirs, true),
                       {},
                       {},
                       settings(engine.builtins, false)};
    for (const project::TemplateLoader &loader : engine.loaders)
        result.loaders.push_back({{}, loader.path, source(loader.place)});
    for (const project::LibraryEntry &entry : engine.libraries)
        result.libraries.push_back({entry.name, entry.module, source(entry.place)});
    return result;
}

std::vector<AppShown> Collector::apps(const project::AppInventory &inventory) const
{
    const auto &facts = m_db.get<project::Settings>(m_project);
    std::vector<AppShown> result;
    for (const project::App &app : inventory.apps) {
        AppShown entry{app.entry, app.name, app.label, shown(app.directory), app.config, app.certain, {}};
        if (facts) {
            const auto written = std::ranges::find(facts->installedApps, app.entry, &project::InstalledApp::value);
            if (written != facts->installedApps.end())
                entry.source = source(written->place);
        }
        result.push_back(std::move(entry));
    }
    return result;
}

LibraryShown Collector::library(const std::string &name, const project::LibraryModule &module) const
{
    using Kind = project::RegistrationPlace::Kind;
    const project::TagLibrary &facts = m_db.get<project::TagLibraryFacts>(m_project, module.file);
    const auto &places = m_db.get<project::TagLibraryPlaces>(m_project, module.file);
    const auto placeOf = [&](Kind kind, const std::string &registered) -> std::optional<Source> {
        const auto place = std::ranges::find_if(places, [&](const project::RegistrationPlace &each) {
            return each.kind == kind && each.name == registered;
        });
        return place == places.end() ? std::nullopt : std::optional(Source{shown(place->path), place->line});
    };
    LibraryShown result{name, module.module, {shown(m_db.read<&source::FileData::path>(module.file))}, {}, {}, {}};
    for (const project::TagFact &tag : facts.tags)
        result.tags.push_back({tag.name, tag.module, tag.function, placeOf(Kind::Tag, tag.name)});
    for (const project::FilterFact &filter : facts.filters)
        result.filters.push_back({filter.name, filter.module, filter.function, placeOf(Kind::Filter, filter.name)});
    result.open = openings(facts.open);
    return result;
}

std::vector<Opening> Collector::openings(const std::vector<project::OpenReason> &reasons) const
{
    std::vector<Opening> result;
    for (const project::OpenReason &reason : reasons)
        result.push_back({shown(reason.file), reason.line, reason.why});
    std::ranges::sort(result);
    const auto doubles = std::ranges::unique(result);
    result.erase(doubles.begin(), doubles.end());
    return result;
}

Facts Collector::collect()
{
    Facts facts;
    facts.root = m_root;
    const auto addOpen = [&](const std::string &list, const std::vector<project::OpenReason> &reasons) {
        for (Opening &opening : openings(reasons))
            facts.open.push_back({list, std::move(opening)});
    };
    if (const auto &location = m_db.get<project::SettingsModule>(m_project)) {
        facts.settings = {location->module,
                          location->file.empty() ? std::nullopt : std::optional(shown(location->file)),
                          location->foundBy};
    }
    if (const auto &django = m_db.get<project::FindDjango>(m_project))
        facts.django = {django->version, shown(django->directory)};
    const project::InstalledPackages &packages = m_db.get<project::SitePackages>(m_project);
    facts.packages = packages.folders;
    if (!packages.folders.empty())
        facts.packagesFoundBy = packages.foundBy;
    facts.pythonPath = m_db.get<project::SearchPath>(m_project);

    const project::AppInventory &inventory = m_db.get<project::InstalledApps>(m_project);
    facts.apps = apps(inventory);
    addOpen("apps", inventory.open);
    const project::LibraryInventory &libraries = m_db.get<project::Libraries>(m_project);
    addOpen("builtins", libraries.builtinsOpen);
    if (const auto &settings = m_db.get<project::Settings>(m_project)) {
        for (const project::TemplateEngine &each : settings->engines)
            facts.engines.push_back(engine(each));
        addOpen("engines", settings->enginesOpen);
    }
    addOpen("libraries", libraries.open);
    for (const project::Library &each : libraries.libraries) {
        for (const project::LibraryModule &module : each.modules)
            facts.libraries.push_back(library(each.name, module));
    }
    for (const project::LibraryModule &module : libraries.builtins)
        facts.builtins.push_back(library({}, module));
    const project::TemplateRoots &roots = m_db.get<project::TemplateDirectories>(m_project);
    for (const std::string &folder : roots.directories)
        facts.templateFolders.push_back(shown(folder));
    addOpen("templates", roots.open);
    return facts;
}

std::expected<ExitCode, Failure> printFacts(const FactsOptions &options)
{
    const std::expected<Environment, Failure> environment = findEnvironment(options.wanted);
    if (!environment)
        return std::unexpected(environment.error());
    Workspace workspace(*environment, {}, 1);
    const auto facts = workspace.ask(
        1,
        [](query::Reader &db, project::Given given, std::string folder) {
            std::vector<Facts> all;
            for (const project::Project project : projectsOf(db, given, folder))
                all.push_back(Collector(db, project, project::rootOf(db, project)).collect());
            return all;
        },
        workspace.given(), environment->given.folders.front());
    if (!facts)
        return std::unexpected(explained(facts.error()));
    const std::string text = options.format == FactsFormat::Json ? factsAsJson(*facts) : factsAsText(*facts);
    std::fwrite(text.data(), 1, text.size(), stdout);
    if (std::fflush(stdout) != 0)
        return std::unexpected(Failure{"cannot write to stdout"});
    return ExitCode::Clean;
}

} // namespace

void addFacts(CLI::App &program, Command &chosen)
{
    static constexpr std::array<Choice<FactsFormat>, 2> formats = {
        {{"text", FactsFormat::Text}, {"json", FactsFormat::Json}}};

    CLI::App *command = program.add_subcommand("facts", "Print what is known of a project, and where it was read");
    const auto options = std::make_shared<FactsOptions>();
    options->wanted.paths = {};
    command->add_option("PATH", options->wanted.paths, "A file or folder of the project; default: the working folder")
        ->option_text(" ")
        ->expected(0, 1);
    addProjectOptions(*command, options->wanted, "PATH");
    addChoice<FactsFormat>(*command, "--format", options->format, formats, "How facts are printed; default: text");
    command->callback([options, &chosen] { chosen = [options] { return printFacts(*options); }; });
}

} // namespace nuages::app
