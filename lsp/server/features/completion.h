#pragma once

#include "lsp/server/feature.h"

namespace nuages::server {

/// textDocument/completion.
Encode findCompletions(query::Reader &db, const Question &question);

/// completionItem/resolve: gives a tag or filter its documentation.
Encode resolveCompletion(query::Reader &db, const Question &question);

} // namespace nuages::server
