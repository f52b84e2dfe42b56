#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace nuages::rules {

/// Steps that turn `left` into `right`: insert, drop or replace one byte, or swap two neighbours. Gives up above
/// `limit` and returns `limit + 1`.
///
/// Source: optimal string alignment distance (restricted Damerau-Levenshtein), three rows.
std::size_t editDistance(std::string_view left, std::string_view right, std::size_t limit);

/// The one name of `names` that `written` is probably meant to be: at most a third of its bytes differ, one step for
/// up to three bytes, and no other name is as close. `names` may hold a name several times.
std::optional<std::string> closeName(std::string_view written, std::span<const std::string_view> names);

/// ", did you mean 'NAME'?" or nothing: the tail of a message.
std::string didYouMean(const std::optional<std::string> &name);

} // namespace nuages::rules
