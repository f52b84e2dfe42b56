#pragma once

#include "engine/source/range.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::templates {

/// One blank-separated piece of a tag's content.
struct Bit {
    /// As Django sees it. Differs from the source only in `_("a  b"|x "c")`-like pieces, which Django joins with single
    /// blanks.
    std::string text;
    source::Range range;

    friend bool operator==(const Bit &, const Bit &) = default;
};

/// The pieces of a tag's content; the first is its command.
struct Bits {
    std::vector<Bit> pieces;

    /// False if a `_("` has no end: Django then fails with a bare StopIteration, whatever the tag does with its bits.
    bool complete = true;
};

/// Splits at white space outside quotes; `offset` is where `content` starts in the file.
///
/// Source: `Token.split_contents` of django/template/base.py and `smart_split` of django/utils/text.py.
Bits splitContents(std::string_view content, std::uint32_t offset);

/// Splits at any white space, as Python's `str.split()`: what load, block and a few other tags use.
std::vector<Bit> splitWords(std::string_view content, std::uint32_t offset);

} // namespace nuages::templates
