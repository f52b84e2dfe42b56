#pragma once

#include "engine/trace/store.h"

#include <string>

/// The values of queries in short, as people read them. What was known once is called notKept.
namespace nuages::trace {

/// What a query had in a revision in which it was there; empty if values of its type have no short form.
std::string valueInShort(const Store &store, NodeId query, Revision revision);

/// "1: base.html → none": what a node had in one revision and in another. Of an input it is the words of its file
/// that were exchanged, as far as both texts are kept. Empty if there is nothing to read.
std::string changeInShort(const Store &store, NodeId node, Revision before, Revision after);

} // namespace nuages::trace
