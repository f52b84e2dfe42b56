#pragma once

#include "engine/project/libraries/reading/interpreter.h"
#include "engine/template/tagshape.h"

#include <string>

namespace nuages::project::reading {

/// What is known of how a registered tag reads the template.
struct ShapeReading {
    templates::TagShape shape;
    bool changesTags = false; ///< It brings further tags or filters into the file.
};

/// How the tag `name`, registered as `value`, reads the template: its function is followed along every path, and the
/// stops of `parser.parse` on these paths are put together.
///
/// Unknown if the paths disagree (a tag that has a body only sometimes), are too many, or lead where the parser
/// cannot be followed.
ShapeReading readShape(Interpreter &interpreter, const std::string &name, const Value &value);

} // namespace nuages::project::reading
