#include "engine/project/templates/findtemplate.h"
#include "engine/query/engine.h"
#include "engine/rules/rule.h"

#include <algorithm>
#include <format>

namespace nuages::rules {

namespace {

using project::FindTemplate;
using project::RelativeNameError;

bool isRelative(std::string_view name) { return name.starts_with("./") || name.starts_with("../"); }

/// Why the template `written` cannot be had from the template `current`; empty if it may be.
std::string whyMissing(const Subject &subject, std::string_view current, const std::string &written)
{
    const auto name = project::resolveRelativeName(current, written);
    if (!name)
        return name.error() == RelativeNameError::OutsideRoot
            ? std::format("The template name '{}' leads out of the template folder", written)
            : std::string();
    const project::TemplateLookup &lookup = subject.db.get<FindTemplate>(subject.project, *name);
    if (!lookup.origins.empty() || !lookup.open.empty())
        return {};
    return *name == written ? std::format("No template is called '{}'", written)
                            : std::format("No template is called '{}', which '{}' means here", *name, written);
}

void checkReference(const Subject &subject, const templates::TemplateReference &reference, Findings &found)
{
    const templates::Place &place = subject.structure.places[reference.token];
    if (!reference.name || reference.name->empty() || place.role != templates::Place::Role::Tag || place.doubtful)
        return;
    std::string why;
    if (!isRelative(*reference.name)) {
        why = whyMissing(subject, {}, *reference.name);
    } else {
        // A relative name is claimed only if it is missing under every name that this file has itself.
        for (const std::string &current : subject.db.get<project::TemplateNames>(subject.project, subject.file)) {
            why = whyMissing(subject, current, *reference.name);
            if (why.empty())
                break;
        }
    }
    if (why.empty())
        return;
    const templates::Token &token = subject.syntax.tokens()[reference.token];
    const std::vector<templates::Bit> bits = subject.syntax.bits(token).pieces;
    found.add(bits.size() > 1 ? bits[1].range : subject.syntax.commandRange(token), std::move(why));
}

void checkMissingTemplate(const Subject &subject, Findings &found)
{
    if (subject.facts.extends)
        checkReference(subject, *subject.facts.extends, found);
    for (const templates::TemplateReference &reference : subject.facts.includes)
        checkReference(subject, reference, found);
}

} // namespace

constinit const Rule missingTemplate{"missing-template", Severity::Error, &checkMissingTemplate};

} // namespace nuages::rules
