#pragma once

#include "engine/ide/view.h"
#include "engine/source/range.h"

#include <cstdint>
#include <optional>
#include <string>

namespace nuages::ide {

/// What an editor shows over a name.
struct Hover {
    source::Range range; ///< Of the name.
    std::string title; ///< "{% url %}", "|date", "{% load humanize %}".
    std::string origin; ///< Where it comes from: the function, the library, the file; empty if that is not known.
    std::string documentation; ///< The docstring, in reStructuredText as Django writes it; empty if there is none.
};

/// What is known of the tag, filter, library, template or block at byte `offset`; nullopt where there is nothing, and
/// for a name that is not known.
std::optional<Hover> hover(const View &view, std::uint32_t offset);

} // namespace nuages::ide
