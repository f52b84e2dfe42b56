#pragma once

#include "engine/template/bits.h"
#include "engine/template/tagshape.h"

#include <span>
#include <string_view>
#include <vector>

namespace nuages::ide {

/// What Django takes as the next bit of a tag.
struct ExpectedBit {
    std::vector<std::string_view> keywords; ///< Live for ever.
    bool value = false; ///< An expression may stand there.
};

/// What may follow on `bits`, which are those of the tag `command` without its command. `shape` is null for a tag of
/// which nothing is known.
///
/// Source: the functions of the tags in django/template and django/templatetags, 4.2 to 6.1.
ExpectedBit expectedBit(const templates::TagShape *shape, std::string_view command,
                        std::span<const templates::Bit> bits);

} // namespace nuages::ide
