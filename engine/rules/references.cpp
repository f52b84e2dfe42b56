#include "engine/rules/references.h"

#include "engine/project/django.h"
#include "engine/project/templates/findtemplate.h"
#include "engine/project/templates/partnames.h"
#include "engine/query/engine.h"
#include "engine/rules/closename.h"
#include "engine/rules/phrases.h"
#include "engine/template/queries.h"

#include <algorithm>
#include <format>
#include <utility>

namespace nuages::rules {

namespace {

using project::Answer;
using project::TemplateLookup;
using project::TemplateOrigin;

bool isRelative(std::string_view name) { return name.starts_with("./") || name.starts_with("../"); }

/// Looks for one name of a reference, which stands for one thing if there is no "#" in it.
class Search
{
public:
    Search(const Subject &subject, const std::string &written, ReferenceKind kind)
        : m_subject(subject), m_written(written), m_kind(kind)
    {
    }

    /// What the name comes to in the template `current`.
    ReferenceAnswer in(std::string_view current) const
    {
        using project::RelativeNameError;
        const auto name = project::resolveRelativeName(current, m_written);
        if (name)
            return whole(*name);
        if (name.error() == RelativeNameError::OutsideRoot)
            return missing(std::format("The template name {} leads out of the template folder", quoted(m_written)));
        if (!mayNameItself())
            return missing(std::format("{} is this template itself, which Django refuses here", quoted(m_written)));
        return {};
    }

private:
    static ReferenceAnswer missing(std::string why) { return {std::move(why), {}, {}}; }

    // Source: construct_relative_path of django/template/loader_tags.py, whose argument `allow_recursion` is of 5.2.
    bool mayNameItself() const
    {
        if (m_kind == ReferenceKind::Extends)
            return false;
        const auto &django = m_subject.db.get<project::FindDjango>(m_subject.project);
        return !django || django->isAtLeast(5, 2).value_or(true);
    }

    ReferenceAnswer whole(const std::string &name) const
    {
        const auto cut = project::cutPartName(name);
        if (!cut)
            return look(name);
        const project::PartNames &parts = m_subject.db.get<project::FindPartNames>(m_subject.project);
        const Answer isCut = m_kind == ReferenceKind::Include ? parts.inIncludes : parts.inExtends;
        ReferenceAnswer answer;
        if (isCut != Answer::Yes) {
            answer = look(name);
            if (isCut == Answer::No || answer.missing.empty())
                return answer;
        }
        return lookForPart(*cut);
    }

    ReferenceAnswer look(const std::string &name) const
    {
        const TemplateLookup &lookup = m_subject.db.get<project::FindTemplate>(m_subject.project, name);
        const auto isThis = [this](const TemplateOrigin &origin) { return origin.file == m_subject.file; };
        const bool isOnlyThis = std::ranges::all_of(lookup.origins, isThis);
        if (!lookup.origins.empty() && !(isOnlyThis && m_kind == ReferenceKind::Extends))
            return {};
        if (!lookup.open.empty())
            return {{}, {}, lookup.open};
        if (!lookup.origins.empty()) // The loaders pass over what is being extended already.
            return missing(std::format("No other template is called {}, and none extends itself", quoted(name)));
        return missing(name == m_written ? std::format("No template is called {}", quoted(name))
                                         : std::format("No template is called {}, which {} means here", quoted(name),
                                                       quoted(m_written)));
    }

    ReferenceAnswer lookForPart(const project::PartName &cut) const
    {
        if (cut.name.empty())
            return missing(std::format("{} names a partial, but no template", quoted(m_written)));
        ReferenceAnswer answer = look(cut.name);
        const TemplateLookup &lookup = m_subject.db.get<project::FindTemplate>(m_subject.project, cut.name);
        if (cut.part.empty() || lookup.origins.empty())
            return answer;
        std::vector<std::string_view> names;
        for (const TemplateOrigin &origin : lookup.origins) {
            const bool isReadable =
                m_subject.db.read<&source::FileData::status>(origin.file) == source::Status::Regular;
            if (!isReadable || m_subject.db.get<templates::MayDefinePartial>(origin.file, std::string_view(cut.part)))
                return answer;
            for (const std::string &name : m_subject.db.get<templates::Partials>(origin.file))
                names.push_back(name);
        }
        answer.missingPart = std::format("The template {} has no partial called {}{}", quoted(cut.name),
                                         quoted(cut.part), didYouMean(closeName(cut.part, names)));
        return answer;
    }

    const Subject &m_subject;
    const std::string &m_written;
    ReferenceKind m_kind;
};

} // namespace

ReferenceAnswer askReference(const Subject &subject, const templates::TemplateReference &reference, ReferenceKind kind)
{
    const templates::Place &place = subject.structure.places[reference.token];
    if (!reference.name || reference.name->empty() || place.role != templates::Place::Role::Tag || place.doubtful)
        return {};
    const Search search(subject, *reference.name, kind);
    if (!isRelative(*reference.name))
        return search.in({});
    // A relative name is claimed only if it is missing under every name that this file has itself.
    ReferenceAnswer answer;
    for (const std::string &current : subject.db.get<project::TemplateNames>(subject.project, subject.file)) {
        answer = search.in(current);
        if (answer.missing.empty())
            break;
    }
    return answer;
}

source::Range nameRange(const Subject &subject, const templates::TemplateReference &reference)
{
    const templates::Token &token = subject.syntax.tokens()[reference.token];
    const std::vector<templates::Bit> bits = subject.syntax.bits(token).pieces;
    return bits.size() > 1 ? bits[1].range : subject.syntax.commandRange(token);
}

} // namespace nuages::rules
