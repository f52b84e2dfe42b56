#pragma once

#include "lsp/server/feature.h"

namespace nuages::server {

/// textDocument/documentSymbol.
Encode findDocumentSymbols(query::Reader &db, const Question &question);

} // namespace nuages::server
