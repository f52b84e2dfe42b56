#pragma once

#include "lsp/protocol/types/lifecycle.h"
#include "lsp/protocol/types/window.h"
#include "lsp/server/feature.h"

#include <span>

namespace nuages::server {

/// What the client can show. The position encoding is the first of the client's that this server speaks, UTF-16 if it
/// names none.
ClientTraits traitsOf(const protocol::InitializeParams &params);

/// What the server offers such a client, `commands` among it.
protocol::InitializeResult offer(const ClientTraits &client, std::span<const Command> commands = {});

/// What to register for at a client that tells of changed files: all of them, and folders. One plain pattern, since
/// clients differ in what else they read.
protocol::RegistrationParams watchedFiles();

} // namespace nuages::server
