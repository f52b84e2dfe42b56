#pragma once

#include "lsp/protocol/types/lifecycle.h"
#include "lsp/server/session.h"

namespace nuages::app {

/// What the server is to know of the project that a client opens. Reads the disk and the variables of the process, on
/// the thread of the worker. The client's initializationOptions win over the configuration, as options of the command
/// line do. Where either has a mistake it says so on stderr and goes on without: a server that refuses to start helps
/// nobody.
server::ProjectSetup setUpProject(const protocol::InitializeParams &params);

} // namespace nuages::app
