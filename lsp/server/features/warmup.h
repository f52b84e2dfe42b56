#pragma once

#include "lsp/server/feature.h"

namespace nuages::server {

/// Reads all tag libraries of the project. Nothing needs them before the first unknown tag or filter, whose answer
/// would else wait for a tenth of a second. Finds no answer.
Encode warmUp(query::Reader &db, const Question &question);

} // namespace nuages::server
