#pragma once

#include <cstddef>
#include <string_view>

namespace nuages::source {

/// How many bytes the sequence at the front of `text` has: 1 to 4. A byte that begins no well-formed sequence counts
/// as one by itself. `text` must not be empty.
///
/// Source: The Unicode Standard 15.0, table 3-7, "Well-Formed UTF-8 Byte Sequences".
std::size_t sequenceLength(std::string_view text);

} // namespace nuages::source
