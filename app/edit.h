#pragma once

#include "app/failure.h"
#include "app/workspace.h"

#include <expected>
#include <string>
#include <tuple>
#include <vector>

namespace nuages::app {

/// A file, a text that stands in it once, and what takes its place.
using Replacement = std::tuple<std::string, std::string, std::string>;

/// The texts of the files after all `replacements`, one after the other, each file once. Paths start from the working
/// folder, else from `root`. Fails with a sentence if a file cannot be read or the text does not stand in it exactly
/// once.
[[nodiscard]] std::expected<std::vector<Overlay>, Failure> edited(const std::vector<Replacement> &replacements,
                                                                  const std::string &root);

/// `path` from the working folder if there is such a file, else from `root`.
std::string fileNamed(const std::string &path, const std::string &root);

} // namespace nuages::app
