#pragma once

#include "engine/project/libraries/taglibrary.h"
#include "engine/project/project.h"

#include <optional>
#include <string>

namespace nuages::ide {

/// What a list of completions says about one tag or filter.
struct Documentation {
    std::string summary; ///< The docstring's first line; empty if there is none.
    std::string origin; ///< The function, its library, its file and line, as far as they are known.
    std::string text; ///< The docstring, in reStructuredText as Django writes it.
};

/// Of the tag or filter that `library` registers, the builtins if that is empty; nullopt if it does not.
std::optional<Documentation> documentationOf(query::Reader &db, project::Project project,
                                             project::RegistrationPlace::Kind kind, const std::string &name,
                                             const std::string &library);

} // namespace nuages::ide
