#pragma once

#include "engine/python/syntaxtree.h"
#include "engine/source/file.h"

#include <string_view>

namespace nuages::python {

/// The syntax tree of a Python file; the tree of no text when the file is absent or cannot be read.
struct PythonModule {
    static constexpr std::string_view about = "parse";

    static SyntaxTree run(query::Reader &db, source::File file);
};

} // namespace nuages::python
