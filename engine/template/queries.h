#pragma once

#include "engine/source/file.h"
#include "engine/template/facts.h"
#include "engine/template/syntax.h"

#include <string_view>

namespace nuages::templates {

/// The syntax of a template. Of a path without a text, that of an empty one.
struct Template {
    static TemplateSyntax run(query::Reader &db, source::File file);
};

/// What the template says about others. Equal, and so back-dated, after an edit inside a text, comment or variable.
struct Facts {
    static constexpr std::string_view shownAs = "TemplateFacts";

    static TemplateFacts run(query::Reader &db, source::File file);
};

} // namespace nuages::templates
