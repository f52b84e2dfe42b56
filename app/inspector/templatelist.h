#pragma once

#include "lsp/server/feature.h"

namespace nuages::app {

/// Session::Host::listTemplates: what `nuages check` would check, and what a person should know who sees no more.
server::Encode listTemplates(query::Reader &db, const server::Question &question);

} // namespace nuages::app
