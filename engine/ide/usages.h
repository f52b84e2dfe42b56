#pragma once

#include <optional>
#include <string_view>

namespace nuages::ide {

/// What is written behind the name of one of Django's own tags, or of `elif`, with what a person fills in between angle
/// brackets: "<item> in <items>". Empty if nothing is; nullopt for another tag.
std::optional<std::string_view> usageOf(std::string_view tag);

/// The same for a filter of Django's that must have an argument: ":<value>"; nullopt for any other.
std::optional<std::string_view> usageOfFilter(std::string_view filter);

} // namespace nuages::ide
