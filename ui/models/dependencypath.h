#pragma once

#include "engine/trace/store.h"

#include <vector>

namespace nuages::models {

/// How one of two nodes comes to read the other.
struct DependencyPath {
    std::vector<trace::NodeId> nodes; ///< From what is read to the last reader; empty if neither reads the other.
    bool isKept = true; ///< False if there may be one, but what was read then is not known any more.

    friend bool operator==(const DependencyPath &, const DependencyPath &) = default;
};

/// The shortest path by which one of two nodes reads the other in a revision, whichever of them is the reader. Cost in
/// proportion to the reads of all that the two depend on.
DependencyPath pathBetween(const trace::Store &store, trace::NodeId one, trace::NodeId other, trace::Revision revision);

/// Whether each node of a path still reads the one before it.
bool isThere(const DependencyPath &path, const trace::Store &store, trace::Revision revision);

} // namespace nuages::models
