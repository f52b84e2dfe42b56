#pragma once

#include "engine/ide/view.h"
#include "engine/source/range.h"

#include <cstdint>
#include <string>
#include <vector>

namespace nuages::ide {

/// Something that could stand at a place of a template.
struct Completion {
    enum class Kind : std::uint8_t { Tag, Closer, Filter, Library, Template, Block };

    Kind kind = Kind::Tag;
    std::string text; ///< What is put in place of `Completions::replaces`.
    std::string detail; ///< Where it is from: a module, a path; empty if there is nothing to say.

    friend bool operator==(const Completion &, const Completion &) = default;
};

struct Completions {
    source::Range replaces; ///< The word that was begun; it ends at the asked offset.
    std::vector<Completion> items; ///< What is likeliest first, then by text. Not narrowed to the word that was begun.
};

/// What may be typed at byte `offset`: in a `{%` the tags in force there, first the closers and middles of the
/// innermost open tag; after `|` the filters; in a load the libraries; in the quotes of an include or extends the
/// templates; after `endblock` and `block` the names of blocks. Empty in texts and comments.
Completions complete(const View &view, std::uint32_t offset);

} // namespace nuages::ide
