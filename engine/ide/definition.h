#pragma once

#include "engine/ide/view.h"
#include "engine/source/lineindex.h"
#include "engine/source/range.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace nuages::ide {

/// A place that a name leads to.
struct Target {
    std::string path; ///< Absolute.
    source::Range range; ///< What to show: a block tag, a function's line; empty at the start of a whole file.
    std::shared_ptr<const source::LineIndex> lines; ///< Of the file, as the queries see it.
};

/// Where a name leads to, and which bytes of the template are that name.
struct Definition {
    source::Range origin;
    std::vector<Target> targets; ///< The likeliest first; empty if the name leads nowhere.
};

/// Where the thing at byte `offset` is defined: a template's file, the same block in the templates that this one
/// extends (the nearest first), a library's module, the function of a tag or filter, loaded or not. The name of an
/// endblock leads to its block first, which is the one target in the template itself.
Definition definition(const View &view, std::uint32_t offset);

} // namespace nuages::ide
