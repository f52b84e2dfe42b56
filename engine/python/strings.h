#pragma once

#include "engine/python/syntaxtree.h"

#include <optional>
#include <string>
#include <vector>

namespace nuages::python {

/// The value of a string literal: prefixes, escapes, line continuations and implicit concatenation as Python reads
/// them, line ends as LF, in UTF-8.
///
/// nullopt for bytes, for an f-string with anything to compute, for `\N{…}` and for any node that is no string
/// literal. Parentheses around the literal are looked through.
///
/// Source: The Python Language Reference, 2.4 "Literals".
std::optional<std::string> stringValue(Node node);

/// A run of constant text of an f-string, or, if `expression` is a node, what stands in one pair of braces.
struct StringPart {
    std::string text;
    Node expression;
};

/// What a string literal is made of, for an evaluator that can compute the expressions; a plain literal is one part
/// of text. nullopt as for stringValue(), except that f-strings are read, and for a part with a format or a
/// conversion other than `!s`.
std::optional<std::vector<StringPart>> stringParts(Node node);

} // namespace nuages::python
