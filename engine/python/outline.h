#pragma once

#include "engine/python/suites.h"
#include "engine/python/syntaxtree.h"
#include "engine/source/file.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace nuages::python {

/// A Python file without the bodies of its functions, which are most of its text and seldom needed.
///
/// Offsets and lines are those of the file. In the tree one number stands for each body in `hidden`; where the lines
/// of the file are not certain, nothing is hidden and the tree is that of PythonModule.
struct Outline {
    SyntaxTree tree;
    std::vector<FunctionSuite> hidden; ///< In the order of the text.

    /// Which of `hidden` is the function that starts at `offset`; nullopt if its body is in the tree.
    std::optional<std::uint32_t> numberOf(std::uint32_t offset) const;

    friend bool operator==(const Outline &left, const Outline &right) { return left.tree == right.tree; }
};

/// The outline of a Python file.
struct ModuleOutline {
    static constexpr std::string_view about = "parse without bodies";

    static Outline run(query::Reader &db, source::File file);
};

/// The function `number` of those that the outline hides, with its body: the tree holds nothing else, and the tree of
/// no text if there are fewer. Its offsets and lines are those of the file.
///
/// Its key is a number and no offset, so that typing in front of functions makes no memos that stay behind.
struct HiddenFunction {
    static constexpr std::string_view about = "one function's body";

    static SyntaxTree run(query::Reader &db, source::File file, std::uint32_t number);
};

/// The body of a function whose definition stands in the outline of the file, hidden or not; the null node if it cannot
/// be read.
Node bodyOf(query::Reader &db, source::File file, Node definition);

} // namespace nuages::python
