#pragma once

#include "lsp/server/feature.h"

namespace nuages::server {

/// textDocument/definition.
Encode findDefinition(query::Reader &db, const Question &question);

} // namespace nuages::server
