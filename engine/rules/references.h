#pragma once

#include "engine/rules/rule.h"

#include <cstdint>
#include <string>
#include <vector>

namespace nuages::rules {

/// What a template's name in an extends or include comes to.
struct ReferenceAnswer {
    std::string missing; ///< Why there is surely no such template, as a message; empty: there may be one.
    std::string missingPart; ///< Why the template, which is there, surely lacks the part that the name asks for.
    std::vector<project::OpenReason> open; ///< Why one may exist although none was found; empty if one was.
};

/// Whether the tag is an extends or an include. They differ in what they may name.
enum class ReferenceKind : std::uint8_t { Extends, Include };

/// Asks only for names that are plain strings, of a tag that Django surely compiles; of all others the answer is empty.
ReferenceAnswer askReference(const Subject &subject, const templates::TemplateReference &reference, ReferenceKind kind);

/// The bytes of the name in the tag; the tag's command if there is none.
source::Range nameRange(const Subject &subject, const templates::TemplateReference &reference);

/// Calls `visit(reference, answer)` for the extends and every include of the template.
template <class Visit>
void forEachReference(const Subject &subject, Visit visit)
{
    if (subject.facts.extends)
        visit(*subject.facts.extends, askReference(subject, *subject.facts.extends, ReferenceKind::Extends));
    for (const templates::TemplateReference &include : subject.facts.includes)
        visit(include, askReference(subject, include, ReferenceKind::Include));
}

} // namespace nuages::rules
