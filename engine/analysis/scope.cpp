#include "engine/analysis/scope.h"

#include "engine/analysis/names.h"
#include "engine/query/engine.h"
#include "engine/template/djangotags.h"

#include <algorithm>
#include <ranges>

namespace nuages::analysis {

namespace {

/// For a name whose candidates read the file in different ways.
const templates::TagShape unclearShape = templates::TagShape::unknown();

} // namespace

bool Scope::Layer::covers(std::string_view name, std::uint32_t position) const
{
    return from <= position && (!only || std::ranges::find(*only, name) != only->end());
}

Scope::Scope(query::Reader &db, project::Project project, const templates::TemplateSyntax &syntax,
             const templates::TemplateFacts &facts)
    : m_db(db), m_project(project)
{
    const LibraryAnswer &builtins = db.get<BuiltinLibraries>(project);
    for (const project::LibraryModule &module : builtins.modules) {
        const project::TagLibrary &library = db.get<project::TagLibraryFacts>(project, module.file);
        m_layers.push_back({0, &library, nullptr, !library.open.empty()});
    }
    if (builtins.open)
        m_layers.push_back({0, nullptr, nullptr, true});
    for (const templates::Load &load : facts.loads)
        addLoad(load, syntax);
}

void Scope::addLoad(const templates::Load &load, const templates::TemplateSyntax &syntax)
{
    const std::uint32_t from = syntax.tokens()[load.token].range.end;
    const std::vector<std::string> *only = load.only.empty() ? nullptr : &load.only;
    for (const std::string &name : load.libraries) {
        const LibraryAnswer &answer = m_db.get<LoadableLibrary>(m_project, name);
        for (const project::LibraryModule &module : answer.modules) {
            const project::TagLibrary &library = m_db.get<project::TagLibraryFacts>(m_project, module.file);
            m_layers.push_back({from, &library, only, !library.open.empty()});
        }
        // A library that is not known, or that another may replace, can bring any name. When the rule unknown-library
        // claims it, the names below are left alone: one mistake, one finding.
        if (answer.modules.empty() || answer.open)
            m_layers.push_back({from, nullptr, only, true});
    }
}

Scope::Answer Scope::find(std::string_view name, std::uint32_t position) const
{
    for (const Layer &layer : m_layers | std::views::reverse) {
        if (!layer.library || !layer.covers(name, position))
            continue;
        if (const project::TagFact *tag = layer.library->tag(name))
            return {Answer::Status::Known, &tag->shape};
    }
    const Status status = statusOfMissing(name, position);
    if (const templates::TagShape *shape = templates::djangoBuiltinTag(name); shape && status == Status::Open)
        return {Status::Known, shape};

    const std::vector<TagProvider> &providers = m_db.get<TagProviders>(m_project, std::string(name));
    if (providers.empty())
        return {status, nullptr};
    const bool agree = std::ranges::all_of(
        providers, [&providers](const TagProvider &provider) { return provider.shape == providers.front().shape; });
    return {status, agree ? &providers.front().shape : &unclearShape};
}

bool Scope::isStopWord(std::string_view word) const
{
    return templates::isDjangoStopWord(word) || m_db.get<IsStopWord>(m_project, std::string(word));
}

Scope::Status Scope::findFilter(std::string_view name, std::uint32_t position) const
{
    for (const Layer &layer : m_layers) {
        if (layer.library && layer.covers(name, position) && layer.library->filter(name))
            return Status::Known;
    }
    return statusOfMissing(name, position);
}

Scope::Status Scope::statusOfMissing(std::string_view name, std::uint32_t position) const
{
    const bool open =
        std::ranges::any_of(m_layers, [&](const Layer &layer) { return layer.open && layer.covers(name, position); });
    return open ? Status::Open : Status::Unknown;
}

std::vector<std::string_view> Scope::tagNames(std::uint32_t position) const
{
    std::vector<std::string_view> names;
    for (const Layer &layer : m_layers) {
        if (!layer.library)
            continue;
        for (const project::TagFact &tag : layer.library->tags) {
            if (layer.covers(tag.name, position))
                names.push_back(tag.name);
        }
    }
    return names;
}

std::vector<std::string_view> Scope::filterNames(std::uint32_t position) const
{
    std::vector<std::string_view> names;
    for (const Layer &layer : m_layers) {
        if (!layer.library)
            continue;
        for (const project::FilterFact &filter : layer.library->filters) {
            if (layer.covers(filter.name, position))
                names.push_back(filter.name);
        }
    }
    return names;
}

} // namespace nuages::analysis
