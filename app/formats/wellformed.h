#pragma once

#include <string>
#include <string_view>

namespace nuages::app {

/// `bytes` with each byte that belongs to no well-formed UTF-8 sequence replaced by U+FFFD. File names and templates
/// may hold any bytes; JSON must not.
std::string wellFormed(std::string_view bytes);

/// `bytes` with control characters other than tabs replaced by U+FFFD, so that a template gives a terminal no commands
/// and a line stays one.
std::string visible(std::string_view bytes);

} // namespace nuages::app
