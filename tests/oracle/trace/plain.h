#pragma once

#include "engine/trace/batch.h"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace nuages::oracle {

using trace::Execution;
using trace::NodeId;
using trace::Outcome;
using trace::Revision;

/// Everything that was ever told, in lists that forget nothing, and answers found by going through them.
///
/// It knows what the records mean and shares nothing with those who keep and explain them.
class Plain
{
public:
    void add(const trace::Batch &batch);

    Revision last = 0; ///< The present revision.
    std::size_t happened = 0; ///< So many things.
    std::uint64_t lost = 0; ///< Events that found no room.
    std::vector<trace::Node> nodes; ///< By id - 1.
    std::map<Revision, std::vector<Execution>> byRevision;
    std::map<Revision, trace::Commit> commits;
    std::map<std::string, std::vector<trace::FileRecord>> files; ///< By path, in order.
    std::map<std::string, std::vector<trace::TextRecord>> texts; ///< Likewise.
    std::map<trace::RequestId, trace::RequestRecord> requests; ///< As they stood last.
    std::map<Revision, std::vector<trace::KindTotal>> kinds; ///< As told last in each revision.
    std::set<Revision> seen; ///< Revisions of which anything was told.
    std::set<Revision> taken; ///< Those that were present when something was told.

    /// What was told of a memo, once each time.
    struct Told {
        trace::Memo memo;
        Revision toldIn = 0; ///< The present one then.
        Revision since = 0; ///< What it reads is the same since then, at the latest.
        std::optional<Revision> ran; ///< The last run before it was told, since the time before.
    };

    const trace::Node &node(NodeId id) const { return nodes[id - 1]; }
    NodeId count() const { return NodeId(nodes.size()); }
    const std::vector<Execution> &of(NodeId id) const { return m_byNode[id - 1]; } ///< By sequence.
    const std::vector<Told> &told(NodeId id) const { return m_told[id - 1]; }
    std::string nameOf(NodeId id) const;

    /// The first revision in which anything is known of the node.
    Revision born(NodeId id) const;
    bool isSeenNew(NodeId id) const;

    /// The last thing that happened to the node in the revision; null if nothing did.
    const Execution *lastIn(NodeId id, Revision revision) const;
    Outcome outcome(NodeId id, Revision revision) const;

    /// The last run or set up to the revision; null if there was none.
    const Execution *runUntil(NodeId id, Revision revision) const;

    /// What it reads now.
    const std::vector<NodeId> &reads(NodeId id) const;
    std::set<NodeId> readers(NodeId id) const { return m_readers[id - 1]; }

    /// Since when what it reads is known to be the same as now.
    Revision readsSince(NodeId id) const;

    /// Likewise who reads it.
    Revision readersSince(NodeId id) const;

    /// From these revisions on it was told, so that it has to be known.
    Revision readsToldFor(NodeId id) const;
    Revision readersToldFor(NodeId id) const { return m_readersToldFor[id - 1]; }

    /// 0 if there is none of this name, or several.
    NodeId find(const std::string &name) const;

    /// The revision, up to this one, in which an input about the path was set last; 0 if none was.
    Revision setBefore(const std::string &path, Revision revision) const;

    /// The fields that were set in a revision, each once, in order.
    std::vector<NodeId> setIn(Revision revision) const;

    std::string shownPath(const std::string &path) const;

private:
    std::vector<std::vector<Execution>> m_byNode;
    std::vector<std::vector<Told>> m_told;
    std::vector<std::set<NodeId>> m_readers;
    std::vector<Revision> m_readersSince;
    std::vector<Revision> m_readersToldFor;
    std::map<std::string, NodeId> m_byName;
    std::vector<Revision> m_born; ///< By what happened.
    std::map<std::string, std::vector<Revision>> m_sets; ///< By path.
};

} // namespace nuages::oracle
