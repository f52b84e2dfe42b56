#pragma once

#include "engine/ide/view.h"
#include "engine/template/tagshape.h"

#include <cstdint>
#include <string>
#include <vector>

namespace nuages::ide {

/// An open tag, and in which part of its body a place is.
struct OpenSection {
    std::uint32_t opener = 0; ///< Its token.
    const templates::TagShape *shape = nullptr; ///< Never null.
    std::uint8_t section = 0;
};

/// The open tags around byte `offset`, innermost first. Costs a walk over the tokens before it.
std::vector<OpenSection> openSectionsAt(const View &view, std::uint32_t offset);

/// Whether nothing but the words that close or continue `open` is a tag in its body: in comment, verbatim and
/// blocktranslate.
bool takesOnlyStops(const View &view, const OpenSection &open);

/// A word that Django would take for the open tag at its place.
struct StopChoice {
    std::string text; ///< With what must follow: "endverbatim name".
    bool closes = false;
};

/// All of them, closers first.
std::vector<StopChoice> stopChoices(const View &view, const OpenSection &open);

/// The word that ends a tag of this shape; empty if it has no body, or one that cannot be told.
std::string closerOf(const templates::TagShape &shape);

} // namespace nuages::ide
