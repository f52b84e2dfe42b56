#pragma once

#include <string>
#include <string_view>

namespace nuages::project::reading {

/// The name under which the reader knows `path` without looking into its module, whichever of its homes it was
/// imported from ("django.template.base.Library" is "django.template.Library"); empty if it does not know it.
std::string_view knownExternal(std::string_view path);

/// Whether a class of that name may be a base without anything being missed: its methods leave the parser alone.
bool isHarmlessBase(std::string_view path);

} // namespace nuages::project::reading
