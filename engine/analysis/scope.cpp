#include "engine/analysis/scope.h"

#include "engine/analysis/names.h"
#include "engine/project/discovery/discovery.h"
#include "engine/query/engine.h"
#include "engine/template/djangotags.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace nuages::analysis {

namespace {

/// For a name whose candidates read the file in different ways.
const templates::TagShape unclearShape = templates::TagShape::unknown();

// Source: the release notes of Django 5.0 to 6.0.
constexpr std::array<std::string_view, 5> namesOfLaterDjango = {"escapeseq", "partial", "partialdef", "endpartialdef",
                                                                "querystring"};

} // namespace

std::span<const std::string_view> laterDjangoNames() { return namesOfLaterDjango; }

std::optional<std::uint32_t> Scope::Source::layerOf(std::string_view name, std::uint32_t position) const
{
    std::optional<std::uint32_t> layer;
    const auto look = [&](const std::vector<Load> &loads) {
        const auto next = std::ranges::upper_bound(loads, position, {}, &Load::from);
        if (next != loads.begin())
            layer = std::max(layer.value_or(0), std::prev(next)->layer);
    };
    look(whole);
    if (!named.empty()) {
        if (const auto loads = named.find(name); loads != named.end())
            look(loads->second);
    }
    return layer;
}

Scope::Scope(query::Reader &db, project::Project project, const std::vector<Layer> &layers,
             const templates::TemplateSyntax &syntax)
    : m_db(db), m_project(project)
{
    const auto hash = [](std::uint64_t number) { return query::seededHash(number); };
    boost::unordered_flat_map<std::uint64_t, std::size_t, decltype(hash)> sources; // by file, 0 for none
    for (std::uint32_t i = 0; i < layers.size(); ++i) {
        const Layer &layer = layers[i];
        const auto [source, isNew] =
            sources.try_emplace(layer.module ? std::uint64_t(layer.module->index) + 1 : 0, m_sources.size());
        if (isNew) {
            const project::TagLibrary *library =
                layer.module ? &db.get<project::TagLibraryFacts>(project, *layer.module) : nullptr;
            m_sources.push_back({library, !library || !library->open.empty()});
            m_isOpen = m_isOpen || m_sources.back().open;
        }
        Source &target = m_sources[source->second];
        const Load load{layer.load == templates::noToken ? 0 : syntax.tokens()[layer.load].range.end, i};
        if (layer.only.empty())
            target.whole.push_back(load);
        for (const std::string &name : layer.only)
            target.named[name].push_back(load);
    }
}

bool Scope::isOpen() const { return m_isOpen || m_db.get<project::SitePackages>(m_project).isSystems; }

Scope::Answer Scope::find(std::string_view name, std::uint32_t position) const
{
    const project::TagFact *found = nullptr;
    std::optional<std::uint32_t> foundIn;
    for (const Source &source : m_sources) {
        const project::TagFact *tag = source.library ? source.library->tag(name) : nullptr;
        if (!tag)
            continue;
        if (const auto layer = source.layerOf(name, position); layer && (!foundIn || *layer > *foundIn)) {
            found = tag;
            foundIn = layer;
        }
    }
    if (found)
        return {Answer::Status::Known, &found->shape};
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
    const bool known = std::ranges::any_of(m_sources, [&](const Source &source) {
        return source.library && source.library->filter(name) && source.layerOf(name, position);
    });
    return known ? Status::Known : statusOfMissing(name, position);
}

Scope::Status Scope::statusOfMissing(std::string_view name, std::uint32_t position) const
{
    const bool open = m_isOpen && std::ranges::any_of(m_sources, [&](const Source &source) {
                          return source.open && source.layerOf(name, position);
                      });
    if (!open && std::ranges::contains(namesOfLaterDjango, name)
        && m_db.get<project::SitePackages>(m_project).isSystems)
        return Status::Open; // the project's own Django, which was not found, may have it
    return open ? Status::Open : Status::Unknown;
}

std::vector<std::string_view> Scope::tagNames(std::uint32_t position) const
{
    std::vector<std::string_view> names;
    for (const Source &source : m_sources) {
        if (!source.library)
            continue;
        for (const project::TagFact &tag : source.library->tags) {
            if (source.layerOf(tag.name, position))
                names.push_back(tag.name);
        }
    }
    return names;
}

std::vector<std::string_view> Scope::filterNames(std::uint32_t position) const
{
    std::vector<std::string_view> names;
    for (const Source &source : m_sources) {
        if (!source.library)
            continue;
        for (const project::FilterFact &filter : source.library->filters) {
            if (source.layerOf(filter.name, position))
                names.push_back(filter.name);
        }
    }
    return names;
}

} // namespace nuages::analysis
