#pragma once

#include "engine/source/memoryfilesystem.h"
#include "lsp/server/session.h"

namespace nuages::tests {

/// The fixture project of the rules, in /shop, with what it has installed in /packages.
project::GivenData shopSetup();

/// Writes its files.
void writeShop(source::MemoryFileSystem &disk);

} // namespace nuages::tests
