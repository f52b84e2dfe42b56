#include "engine/ide/hover.h"

#include "engine/analysis/ancestry.h"
#include "engine/ide/registrations.h"
#include "engine/ide/symbolat.h"
#include "engine/project/libraries/libraries.h"
#include "engine/template/queries.h"

#include <algorithm>
#include <format>
#include <variant>

namespace nuages::ide {

namespace {

std::string originOf(const Registration &registration)
{
    std::string function = registration.function;
    if (!registration.functionModule.empty() && !function.empty())
        function = registration.functionModule + "." + function;
    const std::string library =
        registration.library.empty() ? "built in" : std::format("library {}", registration.library);
    return function.empty() ? std::format("{}, {}", registration.module.module, library)
                            : std::format("{}, {}", function, library);
}

class Describer
{
public:
    Describer(const View &view, const SymbolAt &at) : m_view(view), m_at(at) { }

    std::optional<Hover> operator()(const TagName &tag) const
    {
        return registered(project::RegistrationPlace::Kind::Tag, tag.name, std::format("{{% {} %}}", tag.name));
    }

    std::optional<Hover> operator()(const FilterName &filter) const
    {
        return registered(project::RegistrationPlace::Kind::Filter, filter.name, std::format("|{}", filter.name));
    }

    std::optional<Hover> operator()(const LibraryName &library) const
    {
        const project::Library *found = m_view.db().get<project::Libraries>(m_view.project()).find(library.name);
        if (!found || found->modules.empty())
            return std::nullopt;
        const project::LibraryModule &module = found->modules.front();
        const project::TagLibrary &facts = m_view.db().get<project::TagLibraryFacts>(m_view.project(), module.file);
        std::string names;
        for (const project::TagFact &tag : facts.tags)
            names += std::format("{{% {} %}} ", tag.name);
        for (const project::FilterFact &filter : facts.filters)
            names += std::format("|{} ", filter.name);
        return Hover{m_at.range, std::format("{{% load {} %}}", library.name), module.module, std::move(names)};
    }

    std::optional<Hover> operator()(const TemplateName &name) const
    {
        const auto files = analysis::filesOf(m_view.db(), m_view.project(), m_view.file(), name.name);
        if (files.empty())
            return std::nullopt;
        return Hover{m_at.range, name.name, m_view.db().read<&source::FileData::path>(files.front()), {}};
    }

    std::optional<Hover> operator()(const NameOfBlock &block) const
    {
        const auto &extends = m_view.facts().extends;
        if (!extends || !extends->name)
            return Hover{m_at.range, std::format("block {}", block.name), "defined here", {}};
        query::Reader &db = m_view.db();
        std::string origin = "no template above has this block";
        // The last one that has it is where it was defined first.
        for (const source::File ancestor :
             db.get<analysis::Ancestry>(m_view.project(), m_view.file(), *extends->name)) {
            if (std::ranges::contains(db.get<templates::Facts>(ancestor).blocks, block.name,
                                      &templates::BlockName::name))
                origin = std::format("defined first in {}", db.read<&source::FileData::path>(ancestor));
        }
        return Hover{m_at.range, std::format("block {}", block.name), std::move(origin), {}};
    }

private:
    std::optional<Hover> registered(project::RegistrationPlace::Kind kind, const std::string &name,
                                    std::string title) const
    {
        const std::vector<Registration> all = registrationsOf(m_view, kind, name, m_at.position);
        if (all.empty())
            return std::nullopt;
        const Registration &first = all.front();
        return Hover{m_at.range, std::move(title), originOf(first),
                     first.place ? docstringAt(m_view.db(), first.place->path, first.place->line) : std::string()};
    }

    const View &m_view;
    const SymbolAt &m_at;
};

} // namespace

std::optional<Hover> hover(const View &view, std::uint32_t offset)
{
    const std::optional<SymbolAt> at = symbolAt(view, offset);
    return at ? std::visit(Describer(view, *at), at->symbol) : std::nullopt;
}

} // namespace nuages::ide
