#pragma once

#include "engine/source/range.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::templates {

/// One `|name` or `|name:argument` of an expression.
struct FilterUse {
    std::string name;
    source::Range range; ///< Of the name.
    std::optional<source::Range> argument; ///< Without the colon.

    friend bool operator==(const FilterUse &, const FilterUse &) = default;
};

/// What Django compiles with `Parser.compile_filter`: a value and the filters it goes through.
struct Expression {
    enum class Operand : std::uint8_t {
        None, ///< The expression starts with something else; `valid` is false.
        Constant, ///< A string in quotes, also inside `_()`.
        Variable, ///< A dotted name or a number.
    };

    source::Range range;
    Operand operand = Operand::None;
    source::Range operandRange;

    /// The filters that Django looks up before it stumbles; all of them if `valid`.
    std::vector<FilterUse> filters;

    /// False if every supported Django rejects the expression whatever filters exist.
    bool valid = false;

    friend bool operator==(const Expression &, const Expression &) = default;
};

/// Parses `text`, which starts at `offset` in the file. Never fails.
///
/// Source: `FilterExpression.__init__` and `Variable.__init__` of django/template/base.py. What 4.2 and 6.1 read
/// differently (signs inside numbers) is valid here if it is valid in one of them.
Expression parseExpression(std::string_view text, std::uint32_t offset);

} // namespace nuages::templates
