#pragma once

#include "engine/python/openreason.h"

namespace nuages::project {

/// Why an inventory may hold more than was read, and which line of which file says so. Named to the user once.
using OpenReason = python::OpenReason;

} // namespace nuages::project
