#pragma once

#include "engine/project/discovery/configuration.h"

#include <boost/json/value.hpp>

#include <string>
#include <vector>

namespace nuages::server {

/// What an editor says about its projects, in initializationOptions or in the section "nuages" of its settings: an
/// object with the keys of [tool.nuages], which may be written in camel case too (`sitePackages`); null and absent
/// members stand for nothing said. Patterns start from each of `folders`, of which there is one at least, paths from
/// the first. Likewise strict: a problem names the member, the rest holds.
project::Configuration readOptions(const std::vector<std::string> &folders, const boost::json::value &options);

} // namespace nuages::server
