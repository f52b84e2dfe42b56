#pragma once

#include "lsp/server/feature.h"

namespace nuages::server {

/// The diagnostics of one document as the array that the protocol wants. Pushed ones are found by this.
Encode findDiagnostics(query::Reader &db, const Question &question);

/// Likewise of each of Question::paths that is not open: an array of {uri, diagnostics}.
Encode checkTemplates(query::Reader &db, const Question &question);

/// textDocument/diagnostic: the same in a report, or the word "unchanged" for a client that has them already.
Encode pullDiagnostics(query::Reader &db, const Question &question);

/// The report about a document that has no diagnostics because it is no template.
boost::json::value nothingToReport();

} // namespace nuages::server
