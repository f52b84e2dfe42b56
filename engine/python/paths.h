#pragma once

#include <string>
#include <string_view>

namespace nuages::python {

// POSIX paths as texts, as os.path and pathlib treat them. Nothing is looked up: symbolic links stay as they are.

/// os.path.join of two.
std::string joinPaths(std::string_view left, std::string_view right);

/// os.path.normpath: "a//b/../c/." is "a/c"; "" is ".".
std::string normalPath(std::string_view path);

/// The text of pathlib.Path(path): no "//", no "." and no slash at the end, but ".." kept.
std::string plainPath(std::string_view path);

/// os.path.dirname: what stands before the last slash.
std::string folderOf(std::string_view path);

/// Path.parent: "/" and "." are their own.
std::string parentOf(std::string_view path);

/// os.path.basename: what stands behind the last slash.
std::string lastOf(std::string_view path);

/// Path.stem: the last component without its last suffix.
std::string stemOf(std::string_view path);

} // namespace nuages::python
