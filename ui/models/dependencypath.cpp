#include "ui/models/dependencypath.h"

#include <algorithm>
#include <deque>

namespace nuages::models {

namespace {

using trace::NodeId;

/// Breadth first through what `reader` reads.
DependencyPath pathDown(const trace::Store &store, NodeId reader, NodeId read, trace::Revision revision)
{
    DependencyPath path;
    std::vector<NodeId> readers(store.lastNode() + 1, 0); // By node: who was seen to read it first; 0 if nobody was.
    readers[reader] = reader;
    std::deque<NodeId> next{reader};
    while (!next.empty() && readers[read] == 0) {
        const NodeId node = next.front();
        next.pop_front();
        if (store.state(node).readsSince > revision) {
            path.isKept = false;
            continue;
        }
        for (const NodeId each : store.reads(node)) {
            if (readers[each] != 0 || store.state(each).born > revision)
                continue;
            readers[each] = node;
            next.push_back(each);
        }
    }
    if (readers[read] == 0)
        return path;
    path.isKept = true;
    for (NodeId node = read; path.nodes.empty() || path.nodes.back() != reader; node = readers[node])
        path.nodes.push_back(node);
    return path;
}

} // namespace

DependencyPath pathBetween(const trace::Store &store, NodeId one, NodeId other, trace::Revision revision)
{
    DependencyPath path = pathDown(store, one, other, revision);
    if (!path.nodes.empty())
        return path;
    DependencyPath back = pathDown(store, other, one, revision);
    back.isKept = !back.nodes.empty() || (back.isKept && path.isKept);
    return back;
}

bool isThere(const DependencyPath &path, const trace::Store &store, trace::Revision revision)
{
    for (std::size_t at = 1; at < path.nodes.size(); ++at) {
        const NodeId reader = path.nodes[at];
        if (store.state(reader).readsSince > revision
            || !std::ranges::contains(store.reads(reader), path.nodes[at - 1]))
            return false;
    }
    return !path.nodes.empty();
}

} // namespace nuages::models
