#include "engine/rules/openness.h"

#include "engine/analysis/layers.h"
#include "engine/analysis/names.h"
#include "engine/analysis/scope.h"
#include "engine/project/apps/installedapps.h"
#include "engine/project/discovery/discovery.h"
#include "engine/project/django.h"
#include "engine/project/libraries/libraries.h"
#include "engine/project/libraries/taglibrary.h"
#include "engine/project/settings/settings.h"
#include "engine/project/templates/directories.h"
#include "engine/query/engine.h"
#include "engine/rules/missingnames.h"
#include "engine/rules/references.h"
#include "engine/source/queries.h"
#include "engine/template/queries.h"

#include <boost/unordered/unordered_flat_map.hpp>

#include <algorithm>
#include <iterator>
#include <map>
#include <span>

namespace nuages::rules {

namespace {

using project::OpenReason;
using Reasons = std::vector<OpenReason>;

bool isEnvironment(const OpenReason &reason) { return !reason.variable.empty(); }

/// Reasons, each once, with what they withhold.
class Tally
{
public:
    void name(const Reasons &reasons, Cure cure = Cure::None)
    {
        for (const OpenReason &reason : reasons)
            entry(reason, cure);
    }

    /// One claim is withheld for all of `reasons`. None may be null.
    void withhold(std::span<const Reasons *const> reasons)
    {
        m_counted.clear();
        for (const Reasons *some : reasons) {
            for (const OpenReason &reason : *some) {
                Withheld &withheld = entry(reason, Cure::None);
                if (!std::ranges::contains(m_counted, &withheld))
                    m_counted.push_back(&withheld);
            }
        }
        for (Withheld *withheld : m_counted)
            ++withheld->claims;
    }

    void withhold(const Reasons &reasons)
    {
        const Reasons *const only = &reasons;
        withhold(std::span(&only, 1));
    }

    std::vector<Withheld> take(const std::vector<Withheld> &cures = {})
    {
        std::vector<Withheld> all;
        for (auto &[reason, withheld] : m_all) {
            const auto known = std::ranges::lower_bound(cures, reason, {}, &Withheld::reason);
            if (known != cures.end() && known->reason == reason)
                withheld.cure = known->cure;
            all.push_back(std::move(withheld));
        }
        return all;
    }

private:
    Withheld &entry(const OpenReason &reason, Cure cure)
    {
        const auto [known, isNew] = m_all.try_emplace(reason);
        if (isNew)
            known->second = {reason, isEnvironment(reason) ? Cure::Environment : cure, 0};
        return known->second;
    }

    std::map<OpenReason, Withheld> m_all;
    std::vector<Withheld *> m_counted; // Of one claim; map entries stay where they are.
};

/// Where in a template names may come from something that cannot be read, and why.
class OpenSources
{
public:
    void add(std::uint32_t from, const std::vector<std::string> &only, const Reasons &reasons)
    {
        if (reasons.empty())
            return;
        for (const std::string &name : only)
            m_named[name].push_back({from, &reasons});
        // The first load acts on all that a later one acts on.
        if (only.empty() && !std::ranges::contains(m_whole, &reasons, &Source::reasons))
            m_whole.push_back({from, &reasons});
    }

    std::vector<const Reasons *> of(const OpenName &name) const
    {
        std::vector<const Reasons *> found;
        const auto look = [&](const std::vector<Source> &sources) {
            for (const Source &source : sources) {
                if (source.from <= name.position && !std::ranges::contains(found, source.reasons))
                    found.push_back(source.reasons);
            }
        };
        look(m_whole);
        if (const auto named = m_named.find(name.name); named != m_named.end())
            look(named->second);
        return found;
    }

private:
    struct Source {
        std::uint32_t from = 0;
        const Reasons *reasons = nullptr;
    };

    std::vector<Source> m_whole;
    boost::unordered_flat_map<std::string_view, std::vector<Source>, query::SeededHash> m_named;
};

bool registers(const project::TagLibrary &library, std::string_view name)
{
    return library.tag(name) || library.filter(name);
}

/// Names and counts what is withheld because of libraries.
class LibraryTally
{
public:
    LibraryTally(const Subject &subject, Tally &tally)
        : m_subject(subject), m_tally(tally), m_inventory(subject.db.get<project::Libraries>(subject.project))
    {
    }

    void run()
    {
        addBuiltins();
        addLaterDjango();
        for (const templates::Load &load : m_subject.facts.loads) {
            for (const std::string &name : load.libraries)
                addLoad(load, name);
        }
        for (const OpenName &name : openNames(m_subject))
            m_tally.withhold(m_sources.of(name));
    }

private:
    const project::TagLibrary &factsOf(const project::LibraryModule &module) const
    {
        return m_subject.db.get<project::TagLibraryFacts>(m_subject.project, module.file);
    }

    // What opens the builtins is the project's: named by ProjectOpenness, and here only where it costs something.
    void addBuiltins()
    {
        const analysis::LibraryAnswer &builtins = m_subject.db.get<analysis::BuiltinLibraries>(m_subject.project);
        for (const project::LibraryModule &module : builtins.modules)
            m_sources.add(0, {}, factsOf(module).open);
        if (builtins.open)
            m_sources.add(0, {}, m_inventory.builtinsOpen);
    }

    void addLaterDjango()
    {
        if (!m_subject.db.get<project::SitePackages>(m_subject.project).isSystems)
            return;
        const auto &django = m_subject.db.get<project::FindDjango>(m_subject.project);
        m_system = {{project::rootOf(m_subject.db, m_subject.project), 0,
                     "the Django of the system" + (django ? ", " + django->version + "," : std::string())
                         + " is read, as no environment of the project is found; site-packages in [tool.nuages] can "
                           "name one"}};
        m_sources.add(0, m_laterNames, m_system);
        // Of a tag that any Django has, the shape is known all the same, so it is not among the open names.
        const std::vector<templates::Place> &places = m_subject.structure.places;
        for (std::uint32_t token = 0; token < places.size(); ++token) {
            const bool isTag = places[token].role == templates::Place::Role::Tag
                && places[token].status == templates::TagLookup::Answer::Status::Known;
            if (!isTag)
                continue;
            const templates::Token &t = m_subject.syntax.tokens()[token];
            const std::string_view name = m_subject.syntax.command(t);
            if (std::ranges::contains(m_laterNames, name)
                && !std::ranges::contains(m_subject.scope.tagNames(t.range.begin), name))
                m_tally.withhold(m_system);
        }
    }

    void addLoad(const templates::Load &load, const std::string &name)
    {
        const std::uint32_t from = m_subject.syntax.tokens()[load.token].range.end;
        const templates::Place &place = m_subject.structure.places[load.token];
        const bool isJudged = place.role == templates::Place::Role::Tag && !place.doubtful;
        const analysis::LibraryAnswer &answer = m_subject.db.get<analysis::LoadableLibrary>(m_subject.project, name);
        std::vector<const Reasons *> reasons;
        for (const project::LibraryModule &module : answer.modules) {
            m_tally.name(factsOf(module).open);
            m_sources.add(from, load.only, factsOf(module).open);
            reasons.push_back(&factsOf(module).open);
        }
        if (answer.open) {
            const Reasons &why = answer.modules.empty() ? m_inventory.open : m_inventory.replacedOpen;
            m_sources.add(from, load.only, why);
            reasons.push_back(&why);
        }
        if (!isJudged)
            return;
        if (answer.modules.empty() && answer.open)
            m_tally.withhold(m_inventory.open);
        if (answer.modules.empty())
            return;
        for (const std::string &wanted : load.only) {
            if (std::ranges::none_of(answer.modules, [&](const auto &m) { return registers(factsOf(m), wanted); }))
                m_tally.withhold(reasons);
        }
    }

    const Subject &m_subject;
    Tally &m_tally;
    const project::LibraryInventory &m_inventory;
    const std::vector<std::string> m_laterNames{analysis::laterDjangoNames().begin(),
                                                analysis::laterDjangoNames().end()};
    Reasons m_system;
    OpenSources m_sources;
};

bool loadsOpenLibrary(query::Reader &db, project::Project project, source::File file)
{
    const auto isOpen = [&](const project::LibraryModule &module) {
        return !db.get<project::TagLibraryFacts>(project, module.file).open.empty();
    };
    return std::ranges::any_of(db.get<templates::Facts>(file).loads, [&](const templates::Load &load) {
        return std::ranges::any_of(load.libraries, [&](const std::string &name) {
            return std::ranges::any_of(db.get<analysis::LoadableLibrary>(project, name).modules, isOpen);
        });
    });
}

/// Whether a name in the text may be one that only the project's own Django has, which was not found.
bool mayNeedLaterDjango(query::Reader &db, project::Project project, source::File file)
{
    if (!db.get<project::SitePackages>(project).isSystems)
        return false;
    const std::string_view text = db.get<source::SourceText>(file).view();
    return std::ranges::any_of(analysis::laterDjangoNames(),
                               [&text](std::string_view name) { return text.contains(name); });
}

} // namespace

std::string_view keyOf(Cure cure)
{
    switch (cure) {
    case Cure::Environment:
        return "env";
    case Cure::Apps:
        return "apps";
    case Cure::Libraries:
        return "libraries";
    case Cure::None:
        break;
    }
    return {};
}

std::vector<Withheld> ProjectOpenness::run(query::Reader &db, project::Project project)
{
    Tally tally;
    // The first cure that is named for a reason stays.
    tally.name(db.get<project::InstalledApps>(project).open, Cure::Apps);
    const project::LibraryInventory &libraries = db.get<project::Libraries>(project);
    tally.name(libraries.builtinsOpen);
    tally.name(db.get<project::TemplateDirectories>(project).open);
    tally.name(libraries.open, Cure::Libraries);
    for (const project::LibraryModule &module : db.get<analysis::BuiltinLibraries>(project).modules)
        tally.name(db.get<project::TagLibraryFacts>(project, module.file).open);
    if (const auto &settings = db.get<project::Settings>(project))
        tally.name(settings->enginesLeftAlone);
    return tally.take();
}

std::vector<Withheld> TemplateOpenness::run(query::Reader &db, project::Project project, source::File file)
{
    // Asked first, so that an edit of the text reaches this query only where something is withheld.
    if (!loadsOpenLibrary(db, project, file) && db.get<ProjectOpenness>(project).empty()
        && !mayNeedLaterDjango(db, project, file))
        return {};
    const analysis::Scope scope(db, project, db.get<analysis::Layers>(project, file),
                                db.get<templates::Template>(file));
    const Subject subject = Subject::of(db, project, file, scope);
    Tally tally;
    LibraryTally(subject, tally).run();
    forEachReference(subject, [&](const templates::TemplateReference &, const ReferenceAnswer &answer) {
        tally.withhold(answer.open);
    });
    return tally.take(db.get<ProjectOpenness>(project));
}

void addWithheld(std::vector<Withheld> &sum, const std::vector<Withheld> &more)
{
    std::vector<Withheld> merged;
    auto left = sum.begin();
    for (const Withheld &right : more) {
        for (; left != sum.end() && left->reason < right.reason; ++left)
            merged.push_back(std::move(*left));
        merged.push_back(right);
        if (left != sum.end() && left->reason == right.reason)
            merged.back().claims += left++->claims;
    }
    std::ranges::move(left, sum.end(), std::back_inserter(merged));
    sum = std::move(merged);
}

} // namespace nuages::rules
