#pragma once

#include "lsp/server/feature.h"

namespace nuages::server {

/// textDocument/hover.
Encode findHover(query::Reader &db, const Question &question);

} // namespace nuages::server
