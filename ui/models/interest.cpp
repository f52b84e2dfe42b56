#include "ui/models/interest.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <queue>
#include <string_view>
#include <unordered_set>

namespace nuages::models {

namespace {

using trace::NodeId;
using trace::Outcome;

constexpr int ofNode = 100;
constexpr int ofRun = 40; // It brings along only what ran beside it.
constexpr int lostByStep = 45; // From what is selected two steps are seen.
constexpr int gainedByRunning = 20;
constexpr std::size_t askedAtMost = 1'000; // Of so many that were asked for the files are compared.

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
    Search(const trace::Store &store, trace::Revision revision, const std::set<NodeId> &collapsed, std::size_t limit)
        : m_store(store), m_revision(revision), m_collapsed(collapsed), m_limit(limit)
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
            if (!m_collapsed.contains(best.node))
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
    const std::set<NodeId> &m_collapsed;
    std::size_t m_limit;
    std::priority_queue<Candidate> m_waiting;
    std::unordered_set<NodeId> m_isTaken;
};

/// By node: whether it ran or was set in a revision, and whether somebody outside asked for it.
struct Marks {
    std::vector<bool> hasRun;
    std::vector<bool> isAsked;
};

Marks marksOf(const trace::Store &store, trace::Revision revision)
{
    Marks marks{std::vector<bool>(store.lastNode() + 1), std::vector<bool>(store.lastNode() + 1)};
    store.visitExecutions(revision, 0, [&marks](const trace::Execution &each) {
        if (trace::isChange(each.outcome) || trace::isExecution(each.outcome))
            marks.hasRun[each.node] = true;
        if (each.parent == 0)
            marks.isAsked[each.node] = true;
    });
    return marks;
}

/// Of what is marked the `limit` oldest nodes.
std::vector<NodeId> oldest(const std::vector<bool> &marks, std::size_t limit)
{
    std::vector<NodeId> found;
    for (auto mark = std::ranges::find(marks, true); mark != marks.end() && found.size() < limit;
         mark = std::find(std::next(mark), marks.end(), true))
        found.push_back(NodeId(mark - marks.begin()));
    return found;
}

/// The queries of a few other files than that of `node` which somebody outside asked about; first those of the files
/// that have most of `kinds`.
std::vector<NodeId> askedOfOtherFiles(const trace::Store &store, NodeId node, const std::vector<NodeId> &asked,
                                      const std::unordered_set<std::string_view> &kinds)
{
    constexpr std::size_t filesAtMost = 6;
    std::unordered_set<std::string_view> seen{store.node(node).file, {}};
    std::vector<std::vector<NodeId>> ofFiles;
    for (const NodeId each : asked) {
        const trace::NodeName name = store.node(each);
        if (name.isInput || !seen.insert(name.file).second)
            continue;
        std::vector<NodeId> queries = store.nodesOfFile(name.file);
        std::erase_if(queries, [&](NodeId query) {
            return store.node(query).isInput || !kinds.contains(store.node(query).kind);
        });
        ofFiles.push_back(std::move(queries));
    }
    std::ranges::stable_sort(ofFiles, std::greater(), &std::vector<NodeId>::size);
    ofFiles.resize(std::min(ofFiles.size(), filesAtMost));
    std::vector<NodeId> all;
    for (const std::vector<NodeId> &queries : ofFiles)
        all.insert(all.end(), queries.begin(), queries.end());
    return all;
}

} // namespace

std::vector<NodeId> mostInteresting(const trace::Store &store, NodeId node, trace::Revision revision,
                                    const std::set<NodeId> &collapsed, std::size_t limit)
{
    Search search(store, revision, collapsed, limit);
    if (node != 0)
        search.add(node, ofNode);
    // No other that ran can be taken, since all of these come before it.
    const Marks marks = marksOf(store, revision);
    for (const NodeId each : oldest(marks.hasRun, limit))
        search.add(each, ofRun);
    std::vector<NodeId> taken = search.take();
    if (node == 0)
        return taken;
    std::unordered_set<std::string_view> kinds;
    for (const NodeId each : taken)
        kinds.insert(store.node(each).kind);
    const std::unordered_set<NodeId> isTaken(taken.begin(), taken.end());
    const std::vector<NodeId> asked = oldest(marks.isAsked, askedAtMost);
    std::ranges::remove_copy_if(askedOfOtherFiles(store, node, asked, kinds), std::back_inserter(taken),
                                [&](NodeId each) { return isTaken.contains(each); });
    return taken;
}

} // namespace nuages::models
