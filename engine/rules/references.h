#pragma once

#include "engine/rules/rule.h"

#include <string>
#include <vector>

namespace nuages::rules {

/// What a template's name in an extends or include comes to.
struct ReferenceAnswer {
    std::string missing; ///< Why there is surely no such template, as a message; empty: there may be one.
    std::vector<project::OpenReason> open; ///< Why one may exist although none was found; empty if one was.
};

/// Asks only for names that are plain strings, of a tag that Django surely compiles; of all others the answer is empty.
ReferenceAnswer askReference(const Subject &subject, const templates::TemplateReference &reference);

/// The bytes of the name in the tag; the tag's command if there is none.
source::Range nameRange(const Subject &subject, const templates::TemplateReference &reference);

} // namespace nuages::rules
