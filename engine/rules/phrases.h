#pragma once

#include <span>
#include <string>
#include <string_view>

namespace nuages::rules {

/// A name out of a template, in single quotes; in double ones if it holds single ones itself.
std::string quoted(std::string_view name);

/// "'a'", "'a' or 'b'", "'a', 'b' or 'c'"; empty for no names.
std::string quotedChoice(std::span<const std::string> names);

} // namespace nuages::rules
