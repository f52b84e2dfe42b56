#pragma once

#include "engine/project/project.h"
#include "engine/source/file.h"
#include "engine/template/structure.h"

#include <string_view>

namespace nuages::analysis {

/// How the tags of a template nest, with the libraries that it loads.
///
/// Depends on the template's own text, on its layers and on the names that it mentions.
struct TemplateStructure {
    static constexpr std::string_view shownAs = "Structure";
    static constexpr std::string_view about = "how tags nest";

    static templates::Structure run(query::Reader &db, project::Project project, source::File file);
};

} // namespace nuages::analysis
