#include "ui/models/interest.h"

#include <algorithm>
#include <array>
#include <queue>
#include <unordered_set>

namespace nuages::models {

namespace {

using trace::NodeId;
using trace::Outcome;

constexpr int ofNode = 100;
constexpr int ofNeighbourOfExpanded = 90;
constexpr int ofRun = 40; // It brings along only what ran beside it.
constexpr int lostByStep = 45; // From what is selected two steps are seen.
constexpr int gainedByRunning = 20;

struct Candidate {
    int interest = 0;
    NodeId node = 0;

    /// Among equals the older node, so that a picture does not depend on the order of reading.
    bool operator<(const Candidate &other) const
    {
        return interest != other.interest ? interest < other.interest : node > other.node;
    }
};

class Search
{
public:
    Search(const trace::Store &store, trace::Revision revision, std::size_t limit)
        : m_store(store), m_revision(revision), m_limit(limit)
    {
    }

    void add(NodeId node, int interest)
    {
        if (interest > 0 && !m_isTaken.contains(node))
            m_waiting.push({interest, node});
    }

    void addNeighbours(NodeId node, int interest)
    {
        for (const std::vector<NodeId> *side : {&m_store.reads(node), &m_store.readers(node)}) {
            for (std::size_t at = 0; at < std::min(side->size(), m_limit); ++at)
                add((*side)[at], interest + (hasRun((*side)[at]) ? gainedByRunning : 0));
        }
    }

    std::vector<NodeId> take()
    {
        std::vector<NodeId> taken;
        while (!m_waiting.empty() && taken.size() < m_limit) {
            const Candidate best = m_waiting.top();
            m_waiting.pop();
            if (!m_isTaken.insert(best.node).second)
                continue;
            taken.push_back(best.node);
            addNeighbours(best.node, best.interest - lostByStep);
        }
        return taken;
    }

private:
    bool hasRun(NodeId node) const
    {
        const Outcome outcome = m_store.outcomeAt(node, m_revision).value_or(Outcome::NotChecked);
        return outcome != Outcome::NotChecked && outcome != Outcome::Validated;
    }

    const trace::Store &m_store;
    trace::Revision m_revision;
    std::size_t m_limit;
    std::priority_queue<Candidate> m_waiting;
    std::unordered_set<NodeId> m_isTaken;
};

/// Of what ran in a revision the `limit` oldest nodes: no other can be taken, since all of these come before it.
std::vector<NodeId> oldestRun(const trace::Store &store, trace::Revision revision, std::size_t limit)
{
    std::vector<NodeId> run;
    for (const trace::Execution &execution : store.executions(revision)) {
        if (trace::isChange(execution.outcome) || trace::isExecution(execution.outcome))
            run.push_back(execution.node);
    }
    std::ranges::sort(run);
    run.erase(std::ranges::unique(run).begin(), run.end());
    run.resize(std::min(run.size(), limit));
    return run;
}

} // namespace

std::vector<NodeId> mostInteresting(const trace::Store &store, NodeId node, trace::Revision revision,
                                    std::span<const NodeId> expanded, std::size_t limit)
{
    Search search(store, revision, limit);
    if (node != 0)
        search.add(node, ofNode);
    for (const NodeId each : expanded) {
        search.add(each, ofNeighbourOfExpanded);
        search.addNeighbours(each, ofNeighbourOfExpanded);
    }
    for (const NodeId each : oldestRun(store, revision, limit))
        search.add(each, ofRun);
    return search.take();
}

} // namespace nuages::models
