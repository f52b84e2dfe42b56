#pragma once

#include "engine/source/file.h"
#include "engine/template/facts.h"
#include "engine/template/syntax.h"

#include <string>
#include <string_view>
#include <vector>

namespace nuages::templates {

/// The syntax of a template. Of a path without a text, that of an empty one.
struct Template {
    static constexpr std::string_view about = "parse";

    static TemplateSyntax run(query::Reader &db, source::File file);
};

/// What the template says about others. Equal, and so back-dated, after an edit inside a text, comment or variable.
struct Facts {
    static constexpr std::string_view shownAs = "TemplateFacts";
    static constexpr std::string_view about = "exported names";

    static TemplateFacts run(query::Reader &db, source::File file);
};

/// The partials that the template defines by `partialdef`, or by `startpartial` of django-template-partials, in the
/// order of the text.
struct Partials {
    static constexpr std::string_view about = "partials of a file";

    static std::vector<std::string> run(query::Reader &db, source::File file);
};

/// Whether the template may define a partial called `name`: one of `Partials`, or a tag that is not Django's names it.
struct MayDefinePartial {
    static constexpr std::string_view about = "has it this partial";

    static bool run(query::Reader &db, source::File file, std::string name);
};

} // namespace nuages::templates
