#pragma once

#include <string>
#include <string_view>

namespace nuages::source {

/// Whether `path` is absolute and has no empty, `.` or `..` part and no slash at its end.
bool isNormal(std::string_view path);

/// The path without such parts. `..` is taken by the text alone, as Python's os.path.normpath takes it: a link before
/// it is not followed. A relative path is taken from `/`.
std::string normalPath(std::string_view path);

/// The path of the directory that `path` (normal) is in; `/` for `/` itself. A view into `path`.
std::string_view parentPath(std::string_view path);

} // namespace nuages::source
