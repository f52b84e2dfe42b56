#pragma once

#include "app/formats/wellformed.h"

#include <boost/json/string.hpp>

#include <string_view>

namespace nuages::app {

/// `bytes` as a string of JSON, which must be well-formed.
inline boost::json::string jsonText(std::string_view bytes) { return boost::json::string(wellFormed(bytes)); }

} // namespace nuages::app
