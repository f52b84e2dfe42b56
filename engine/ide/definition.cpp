#include "engine/ide/definition.h"

#include "engine/analysis/ancestry.h"
#include "engine/ide/registrations.h"
#include "engine/ide/symbolat.h"
#include "engine/project/libraries/libraries.h"
#include "engine/source/files.h"
#include "engine/source/queries.h"
#include "engine/template/queries.h"

#include <variant>

namespace nuages::ide {

namespace {

class Finder
{
public:
    explicit Finder(const View &view, std::uint32_t position) : m_view(view), m_position(position) { }

    void operator()(const TagName &tag) { addFunctions(project::RegistrationPlace::Kind::Tag, tag.name); }
    void operator()(const FilterName &filter) { addFunctions(project::RegistrationPlace::Kind::Filter, filter.name); }

    void operator()(const LibraryName &name)
    {
        const project::Library *library = m_view.db().get<project::Libraries>(m_view.project()).find(name.name);
        for (const project::LibraryModule &module : library ? library->modules : std::vector<project::LibraryModule>())
            add(module.file, {});
    }

    void operator()(const MemberName &member)
    {
        using NameKind = project::RegistrationPlace::Kind;
        for (const NameKind kind : {NameKind::Tag, NameKind::Filter})
            addPlaces(registrationsIn(m_view.db(), m_view.project(), member.library, kind, member.name));
    }

    void operator()(const TemplateName &name)
    {
        for (const source::File file : analysis::filesOf(m_view.db(), m_view.project(), m_view.file(), name.name))
            add(file, {});
    }

    void operator()(const NameOfBlock &name)
    {
        if (name.block != templates::noToken)
            addHere(m_view.syntax().tokens()[name.block].range);
        const auto &extends = m_view.facts().extends;
        if (!extends || !extends->name)
            return;
        query::Reader &db = m_view.db();
        for (const source::File ancestor :
             db.get<analysis::Ancestry>(m_view.project(), m_view.file(), *extends->name)) {
            for (const templates::BlockName &block : db.get<templates::Facts>(ancestor).blocks) {
                if (block.name == name.name)
                    add(ancestor, db.get<templates::Template>(ancestor).tokens()[block.token].range);
            }
        }
    }

    std::vector<Target> take() { return std::move(m_targets); }

private:
    void addFunctions(project::RegistrationPlace::Kind kind, const std::string &name)
    {
        std::vector<Registration> all = registrationsOf(m_view, kind, name, m_position);
        if (all.empty()) // not loaded here; it leads somewhere all the same
            all = registrationsElsewhere(m_view.db(), m_view.project(), kind, name);
        addPlaces(all);
    }

    void addPlaces(const std::vector<Registration> &all)
    {
        for (const Registration &registration : all) {
            if (!registration.place)
                continue;
            const source::File file = source::fileAt(m_view.db(), registration.place->path);
            const source::LineIndex &lines = m_view.db().get<source::Lines>(file);
            const std::uint32_t line = registration.place->line - 1;
            add(file, line < lines.lineCount() ? lines.line(line) : source::Range());
        }
    }

    void add(source::File file, source::Range range)
    {
        query::Reader &db = m_view.db();
        m_targets.push_back({db.read<&source::FileData::path>(file), range,
                             std::make_shared<const source::LineIndex>(db.get<source::Lines>(file))});
    }

    /// In the template itself, as the editor shows it.
    void addHere(source::Range range)
    {
        m_targets.push_back(
            {m_view.db().read<&source::FileData::path>(m_view.file()), range,
             std::make_shared<const source::LineIndex>(source::Text(std::string(m_view.syntax().text())))});
    }

    const View &m_view;
    std::uint32_t m_position;
    std::vector<Target> m_targets;
};

} // namespace

Definition definition(const View &view, std::uint32_t offset)
{
    const std::optional<SymbolAt> at = symbolAt(view, offset);
    if (!at)
        return {};
    Finder finder(view, at->position);
    std::visit(finder, at->symbol);
    return {at->range, finder.take()};
}

} // namespace nuages::ide
