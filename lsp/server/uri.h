#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace nuages::server {

/// The absolute path that a `file:` URI names, percent signs decoded; nullopt for every other scheme and for what
/// names no file: no path, a bad escape, an escaped NUL.
///
/// A query or fragment is left out. A host other than localhost gives "//host/path". Two spellings of one file, such as
/// `%3A` and `:`, give the same path, so documents of files are compared by path and never by URI.
///
/// Source: RFC 8089; RFC 3986, section 2.1.
std::optional<std::string> pathOfUri(std::string_view uri);

/// The `file:` URI of an absolute path. Every byte that RFC 3986 does not leave bare in a path segment is escaped, so
/// that any file name of the disk survives the way there and back.
std::string uriOfPath(std::string_view path);

} // namespace nuages::server
