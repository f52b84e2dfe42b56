#include "engine/ide/hover.h"

#include "engine/analysis/ancestry.h"
#include "engine/ide/registrations.h"
#include "engine/ide/symbolat.h"
#include "engine/project/libraries/libraries.h"
#include "engine/project/templates/directories.h"
#include "engine/project/templates/findtemplate.h"
#include "engine/template/queries.h"

#include <algorithm>
#include <format>
#include <variant>

namespace nuages::ide {

namespace {

class Describer
{
public:
    Describer(const View &view, const SymbolAt &at) : m_view(view), m_at(at) { }

    std::optional<Hover> operator()(const TagName &tag) const
    {
        return registered(project::RegistrationPlace::Kind::Tag, tag.name);
    }

    std::optional<Hover> operator()(const FilterName &filter) const
    {
        return registered(project::RegistrationPlace::Kind::Filter, filter.name);
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

    std::optional<Hover> operator()(const MemberName &member) const
    {
        using NameKind = project::RegistrationPlace::Kind;
        for (const NameKind kind : {NameKind::Tag, NameKind::Filter}) {
            const auto all = registrationsIn(m_view.db(), m_view.project(), member.library, kind, member.name);
            if (!all.empty())
                return described(all.front(), titleOf(kind, member.name), {});
        }
        return std::nullopt;
    }

    std::optional<Hover> operator()(const TemplateName &name) const
    {
        const auto files = analysis::filesOf(m_view.db(), m_view.project(), m_view.file(), name.name);
        if (files.empty())
            return missing(name.name);
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
    static std::string titleOf(project::RegistrationPlace::Kind kind, const std::string &name)
    {
        return kind == project::RegistrationPlace::Kind::Tag ? std::format("{{% {} %}}", name)
                                                             : std::format("|{}", name);
    }

    std::optional<Hover> registered(project::RegistrationPlace::Kind kind, const std::string &name) const
    {
        const auto inForce = registrationsOf(m_view, kind, name, m_at.position);
        if (!inForce.empty())
            return described(inForce.front(), titleOf(kind, name), {});
        const auto elsewhere = registrationsElsewhere(m_view.db(), m_view.project(), kind, name);
        if (elsewhere.empty())
            return std::nullopt;
        std::string loads;
        for (const Registration &one : elsewhere)
            loads += std::format("{}{{% load {} %}}", loads.empty() ? "" : " or ", one.library);
        return described(elsewhere.front(), titleOf(kind, name), std::format(", not loaded here: {}", loads));
    }

    Hover described(const Registration &registration, std::string title, const std::string &remark) const
    {
        const auto &place = registration.place;
        return {m_at.range, std::move(title), describe(registration) + remark,
                place ? docstringAt(m_view.db(), place->path, place->line) : std::string()};
    }

    /// The paths at which a template was looked for, and why there may be others.
    std::optional<Hover> missing(const std::string &written) const
    {
        query::Reader &db = m_view.db();
        std::vector<std::string> currents = {""};
        if (written.starts_with("./") || written.starts_with("../"))
            currents = db.get<project::TemplateNames>(m_view.project(), m_view.file());
        const project::TemplateRoots &roots = db.get<project::TemplateDirectories>(m_view.project());
        std::string tried;
        for (const std::string &current : currents) {
            const auto name = project::resolveRelativeName(current, written);
            for (const std::string &folder : name ? roots.directories : std::vector<std::string>())
                tried += std::format("{}/{}\n", folder, *name);
        }
        for (const project::OpenReason &reason : roots.open)
            tried += std::format("{}:{}: {}\n", reason.file, reason.line, reason.why);
        if (tried.empty())
            return std::nullopt;
        tried.pop_back();
        return Hover{m_at.range, written, "not found; looked for at", std::move(tried)};
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
