#pragma once

#include "engine/ide/stopwords.h"
#include "engine/ide/view.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace nuages::ide {

/// A variable that the template itself gives a value.
struct BoundName {
    std::string name; ///< "block.super" is one.
    std::string binder; ///< The tag that does, as it is written, without its braces.

    friend bool operator==(const BoundName &, const BoundName &) = default;
};

/// The variables that the tags of the template have bound at byte `offset`, the nearest first, each once: those of the
/// open `for`, `with`, `blocktranslate` and `block`, then what tags before it have stored `as NAME`. `open` are the
/// open tags there. Linear in the tokens before `offset`.
std::vector<BoundName> boundNamesAt(const View &view, std::span<const OpenSection> open, std::uint32_t offset);

/// What may stand behind `path` and a dot, in the order of the alphabet: "forloop", "forloop.parentloop", "block".
/// Empty for anything else.
std::vector<std::string_view> attributesOf(std::string_view path, std::span<const OpenSection> open);

} // namespace nuages::ide
