#pragma once

#include "engine/source/range.h"
#include "engine/template/structure.h"
#include "engine/template/syntax.h"

#include <cstdint>
#include <string>
#include <vector>

namespace nuages::ide {

/// An entry of a template's outline.
struct Symbol {
    enum class Kind : std::uint8_t { Extends, Load, Include, Block, Tag };

    Kind kind = Kind::Tag;
    std::string name; ///< The block's name, or the tag as it is written, without its braces.
    source::Range range; ///< From the opener to the end of its closer.
    source::Range selection; ///< The opener alone.
    std::vector<Symbol> children; ///< In the order of the text, inside `range`.

    friend bool operator==(const Symbol &, const Symbol &) = default;
};

/// The outline: every extends, load and include, every block, and every other tag with a body. In the order of the
/// text.
///
/// A pure function of the text and its structure; tags nested more than 256 deep are left out.
std::vector<Symbol> symbols(const templates::TemplateSyntax &syntax, const templates::Structure &structure);

} // namespace nuages::ide
