#include "engine/rules/references.h"

#include "engine/project/templates/findtemplate.h"
#include "engine/query/engine.h"

#include <format>

namespace nuages::rules {

namespace {

using project::RelativeNameError;

bool isRelative(std::string_view name) { return name.starts_with("./") || name.starts_with("../"); }

/// What `written` comes to in the template `current`.
ReferenceAnswer askName(const Subject &subject, std::string_view current, const std::string &written)
{
    const auto name = project::resolveRelativeName(current, written);
    if (!name) {
        if (name.error() == RelativeNameError::OutsideRoot)
            return {std::format("The template name '{}' leads out of the template folder", written), {}};
        return {};
    }
    const project::TemplateLookup &lookup = subject.db.get<project::FindTemplate>(subject.project, *name);
    if (!lookup.origins.empty())
        return {};
    if (!lookup.open.empty())
        return {{}, lookup.open};
    return {*name == written ? std::format("No template is called '{}'", written)
                             : std::format("No template is called '{}', which '{}' means here", *name, written),
            {}};
}

} // namespace

ReferenceAnswer askReference(const Subject &subject, const templates::TemplateReference &reference)
{
    const templates::Place &place = subject.structure.places[reference.token];
    if (!reference.name || reference.name->empty() || place.role != templates::Place::Role::Tag || place.doubtful)
        return {};
    if (!isRelative(*reference.name))
        return askName(subject, {}, *reference.name);
    // A relative name is claimed only if it is missing under every name that this file has itself.
    ReferenceAnswer answer;
    for (const std::string &current : subject.db.get<project::TemplateNames>(subject.project, subject.file)) {
        answer = askName(subject, current, *reference.name);
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
