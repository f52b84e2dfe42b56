#pragma once

#include "engine/source/range.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace nuages::python {

/// A place in a text: bytes from its start, lines from 0, bytes from the start of the line.
struct Position {
    std::uint32_t offset = 0;
    std::uint32_t row = 0;
    std::uint32_t column = 0;

    friend bool operator==(const Position &, const Position &) = default;
};

/// A function whose body stands on lines of its own.
struct FunctionSuite {
    Position definition; ///< Of `def`, or of the `async` before it.
    Position begin; ///< Of the first statement of the body.
    Position end; ///< After the last token of the body.

    source::Range body() const { return {begin.offset, end.offset}; }

    friend bool operator==(const FunctionSuite &, const FunctionSuite &) = default;
};

/// The suites of all functions that are in no other function, methods included, in the order of the text.
///
/// Splits the text into logical lines and reads their indentation, strings and brackets, but no grammar; that is about
/// a hundredth of the work of a parser. Says nullopt where a parser may see other lines than these: open brackets or
/// strings, indentation by tabs, lines indented as Python refuses. It is held against the parser by a test.
///
/// Source: The Python Language Reference, 2.1 "Line structure" and 2.4 "Literals" (f-strings as of 3.12).
std::optional<std::vector<FunctionSuite>> functionSuites(std::string_view text);

} // namespace nuages::python
