#pragma once

#include "app/environment.h"
#include "app/failure.h"
#include "app/formats/report.h"
#include "app/workspace.h"

#include <expected>

namespace nuages::app {

/// Checks the templates that `environment` selects and makes a report of them, for the request with this number.
[[nodiscard]] std::expected<Report, Failure> inspect(Workspace &workspace, const Environment &environment,
                                                     query::RequestId request);

} // namespace nuages::app
