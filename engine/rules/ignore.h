#pragma once

#include "engine/template/syntax.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::rules {

/// One `{# nuages: ignore[rule, other-rule] #}`: no finding of these rules is shown on the comment's line and the next.
struct Ignore {
    std::uint32_t line = 1; ///< From 1, as Token::line.
    std::vector<std::string> rules; ///< As written; a name that is no rule has no effect.

    friend bool operator==(const Ignore &, const Ignore &) = default;
};

/// The comments of a template that ask for it, in order. Blanks around the words do not matter; without brackets, or
/// with anything after them, a comment is an ordinary one.
std::vector<Ignore> findIgnores(const templates::TemplateSyntax &syntax);

/// Whether one of `ignores`, which are in the order of the text, covers a finding of `rule` that starts on `line` (from
/// 1).
bool isIgnored(const std::vector<Ignore> &ignores, std::string_view rule, std::uint32_t line);

} // namespace nuages::rules
