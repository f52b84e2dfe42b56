#pragma once

#include "engine/ide/completion.h"

#include <optional>
#include <string>

namespace nuages::server {

/// What a completion writes in a client that takes snippets, in the snippet syntax of the protocol: the name, a tab
/// stop for each thing to fill in, the tag's end and what closes its body. `takesEnd`: the end of the tag that is there
/// already is replaced too. nullopt if there is nothing to fill in and nothing to close.
///
/// Source: LSP 3.17, "Snippet Syntax".
std::optional<std::string> snippetOf(const ide::Completion &completion, const ide::Completions &list, bool takesEnd);

} // namespace nuages::server
