#pragma once

#include "engine/trace/ledger.h"
#include "engine/trace/store.h"
#include "engine/trace/why.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace nuages::trace {

/// What of a node is known in one of two revisions.
struct NodeSide {
    bool isThere = false; ///< It had come up by then.
    std::optional<Outcome> outcome; ///< What became of it there; none if that is not kept.
    std::uint64_t ns = 0; ///< Own time of its runs in the revision.

    friend bool operator==(const NodeSide &, const NodeSide &) = default;
};

/// Whether a node has the same value in two revisions.
enum class ValueChange : std::uint8_t {
    Same,
    Changed, ///< It was set or ran to another value in between. It may have come back to what it was.
    Unknown, ///< What happened in between is not kept.
    Absent, ///< It is not there in one of them.
};

struct NodeDifference {
    NodeId node = 0;
    ValueChange value = ValueChange::Same;
    NodeSide a;
    NodeSide b;

    friend bool operator==(const NodeDifference &, const NodeDifference &) = default;
};

/// One of the two revisions.
struct DiffSide {
    Revision revision = 0;
    std::string label;
    bool isKept = false; ///< What happened to which node is known.
    Work work;
    std::uint64_t memos = 0;

    friend bool operator==(const DiffSide &, const DiffSide &) = default;
};

/// How two revisions differ. The one between A and B has everything of the one between B and A, with the sides
/// exchanged.
struct Diff {
    DiffSide a;
    DiffSide b;
    std::vector<NodeId> inputs; ///< Set between the two, or not there in one of them; rising.
    std::vector<NodeDifference> nodes; ///< Queries of which anything differs but time; rising.
    std::vector<std::string> files; ///< Paths that those inputs are about; sorted, each once.

    std::uint64_t count(ValueChange change) const; ///< Of `nodes`.

    friend bool operator==(const Diff &, const Diff &) = default;
};

/// Cost in proportion to all nodes, and to what happened to each of them since the earlier revision.
Diff diff(const Store &store, Revision a, Revision b);

/// The same seen from B.
Diff inverse(Diff diff);

/// "changed", "same", "not there in one".
const char *nameOf(ValueChange change);

/// As text for a terminal: sums of both, then inputs, then at most `most` queries of each kind of difference.
std::string toText(const Store &store, const Diff &diff, Times times, std::size_t most);

} // namespace nuages::trace
