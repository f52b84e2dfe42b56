#pragma once

#include "engine/trace/store.h"

#include <cstddef>
#include <set>
#include <vector>

namespace nuages::models {

/// The nodes that are worth looking at around `node` in a revision, most interesting first.
///
/// `node` comes first, then what ran, and from these interest falls with each step away, but for what is `collapsed`:
/// nothing is there because of it. Of these it is `limit` at most; the same queries of a few other files that were
/// asked about in the revision follow, to compare with. Without a node it is what ran and what that touches. Looks at
/// no more than `limit` neighbours on each side of a node, so that a file that everybody reads costs no more than any
/// other.
///
/// Source: degree of interest as in van Ham and Perer, "Search, Show Context, Expand on Demand", InfoVis 2009.
std::vector<trace::NodeId> mostInteresting(const trace::Store &store, trace::NodeId node, trace::Revision revision,
                                           const std::set<trace::NodeId> &collapsed, std::size_t limit);

} // namespace nuages::models
