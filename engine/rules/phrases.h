#pragma once

#include <span>
#include <string>

namespace nuages::rules {

/// "'a'", "'a' or 'b'", "'a', 'b' or 'c'"; empty for no names.
std::string quotedChoice(std::span<const std::string> names);

} // namespace nuages::rules
