#pragma once

#include "lsp/server/feature.h"

namespace nuages::server {

/// What people should know about the projects of Question::paths, beside findings in templates, as an object:
///
///     messages: [{type, message}]            to be shown, or logged if the type is Log; each once in a session
///     files: [{uri, diagnostics: […]}]       of settings and configuration, which may be open or not
Encode findNotes(query::Reader &db, const Question &question);

} // namespace nuages::server
