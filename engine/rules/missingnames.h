#pragma once

#include "engine/rules/rule.h"

#include <cstdint>
#include <string>
#include <vector>

namespace nuages::rules {

/// A tag that Django rejects at its place, because no library in force there registers it.
struct MissingTag {
    std::uint32_t token = 0;
    std::string name;
    std::vector<std::string> libraries; ///< Those that would bring it in, sorted; empty: it is unknown altogether.
};

/// In the order of the text. What may come from something that cannot be read is not in it.
std::vector<MissingTag> missingTags(const Subject &subject);

/// The same for a filter that is used in a variable or in a compiled argument of a tag.
struct MissingFilter {
    std::uint32_t token = 0;
    source::Range range; ///< Of the name.
    std::string name;
    std::vector<std::string> libraries;
};

std::vector<MissingFilter> missingFilters(const Subject &subject);

/// A tag or filter that is not found, and may yet come from something that cannot be read.
struct OpenName {
    std::string name;
    std::uint32_t position = 0; ///< Of its first byte.
};

/// In no order.
std::vector<OpenName> openNames(const Subject &subject);

/// The tag that Django blames for what is wrong in a middle such as `{% elif %}`: its opener. Empty for other tokens.
std::vector<Related> blamedOpener(const Subject &subject, std::uint32_t token);

/// "load 'humanize'" or "load 'a' or 'b'": how an unloaded name is mended.
std::string loadAdvice(const std::vector<std::string> &libraries);

} // namespace nuages::rules
