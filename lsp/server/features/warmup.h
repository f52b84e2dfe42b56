#pragma once

#include "lsp/server/feature.h"

namespace nuages::server {

/// Reads all tag libraries of the project and the builtin ones. Nothing needs them before the first unknown tag or
/// filter, or the first hover, whose answer would else wait for a tenth of a second. Finds no answer.
Encode warmUp(query::Reader &db, const Question &question);

} // namespace nuages::server
