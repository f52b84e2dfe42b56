#pragma once

#include "lsp/server/feature.h"

#include <vector>

namespace nuages::app {

/// What the server answers, and one request more for scripts: "nuages/untilEdited". It runs until an edit of its
/// document cancels it, and answers when it is tried again. Lasts for ever.
const std::vector<server::Feature> &featuresForScripts();

/// Waits until such a request runs, one for each call; false after two minutes. From any thread but the pool's.
bool waitForHeldRequest();

} // namespace nuages::app
