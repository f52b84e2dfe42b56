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

/// In words. What the engine could not compute is our mistake: one template must not make a run look clean.
Failure explained(const query::Failure &failure);

} // namespace nuages::app
