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

bool Scope::Names::covers(std::string_view name, std::uint32_t position) const
{
    return from <= position && (only.empty() || std::ranges::contains(only, name));
}

Scope::Scope(query::Reader &db, project::Project project, const std::vector<Layer> &layers,
             const templates::TemplateSyntax &syntax)
    : m_db(db), m_project(project)
{
    m_layers.reserve(layers.size());
    for (const Layer &layer : layers) {
        const std::uint32_t from = layer.load == templates::noToken ? 0 : syntax.tokens()[layer.load].range.end;
        const project::TagLibrary *library =
            layer.module ? &db.get<project::TagLibraryFacts>(project, *layer.module) : nullptr;
        m_layers.push_back({from, library, layer.only, !library || !library->open.empty()});
    }
}

Scope::Answer Scope::find(std::string_view name, std::uint32_t position) const
{
    for (const Names &layer : m_layers | std::views::reverse) {
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
    for (const Names &layer : m_layers) {
        if (layer.library && layer.covers(name, position) && layer.library->filter(name))
            return Status::Known;
    }
    return statusOfMissing(name, position);
}

Scope::Status Scope::statusOfMissing(std::string_view name, std::uint32_t position) const
{
    const bool open =
        std::ranges::any_of(m_layers, [&](const Names &layer) { return layer.open && layer.covers(name, position); });
    return open ? Status::Open : Status::Unknown;
}

std::vector<std::string_view> Scope::tagNames(std::uint32_t position) const
{
    std::vector<std::string_view> names;
    for (const Names &layer : m_layers) {
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
    for (const Names &layer : m_layers) {
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
