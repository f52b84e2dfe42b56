#include "ui/models/telling.h"

#include "engine/trace/words.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <vector>

namespace nuages::models {

namespace {

using trace::Execution;
using trace::NodeId;
using trace::Outcome;
using trace::Store;

/// Of so many nodes at most it is counted what they spared: more would be too slow to do while typing.
constexpr int countedAtMost = 12;

/// People have a word for it: it is what the queries are there for.
bool isAnswer(const Store &store, NodeId node) { return trace::hasSparedPhrase(store.node(node).kind); }

/// How many nodes were kept because this one came out the same.
std::size_t sparedBy(const Store &store, NodeId node, trace::Revision revision)
{
    const std::vector<NodeId> dependents = store.dependents({node}, revision);
    return std::size_t(std::ranges::count_if(dependents, [&](NodeId each) {
        const Execution *last = store.lastUntil(each, revision);
        return last && last->revision == revision && last->outcome == Outcome::Validated;
    }));
}

bool isLastRun(const Store &store, const Execution &execution)
{
    const Execution *last = nullptr;
    const auto look = [&](const Execution &each) {
        const bool isRun = each.revision == execution.revision && trace::isExecution(each.outcome);
        if (isRun && (!last || last->sequence < each.sequence))
            last = &each;
        return each.revision >= execution.revision;
    };
    store.walkBack(execution.node, look, execution.revision);
    return last == &execution;
}

} // namespace

NodeId mostTelling(const Store &store, trace::Revision revision, NodeId current)
{
    const trace::RevisionRecord *record = store.revision(revision);
    if (!record || record->isThinned)
        return current;
    if (record->inputs.empty() && current != 0 && isAnswer(store, current)
        && trace::isExecution(store.outcomeAt(current, revision).value_or(Outcome::NotChecked)))
        return current; // While a project is read, answers come by the hundred.
    std::set<std::string_view> edited;
    for (const NodeId input : record->inputs)
        edited.insert(store.node(input).file);

    // While a project is read very much runs, and none of it stops a change: then what took less than the best so far
    // is no candidate.
    std::uint64_t dearest = 0;
    std::vector<const Execution *> runs; // the last of each node
    store.visitExecutions(revision, 0, [&](const Execution &execution) {
        if (!trace::isExecution(execution.outcome))
            return;
        const bool isStop = execution.outcome == Outcome::ExecutedBackdated;
        if (record->inputs.empty() && !isStop && execution.selfNs < dearest)
            return;
        if (!isLastRun(store, execution))
            return;
        if (!isStop && isAnswer(store, execution.node))
            dearest = std::max(dearest, execution.selfNs);
        runs.push_back(&execution);
    });

    // The greatest counts; of equals the older node, so that the same events give the same answer.
    using Rank = std::tuple<std::size_t, bool, bool, bool, std::uint64_t>;
    std::pair<Rank, NodeId> best{{}, record->inputs.empty() ? 0 : record->inputs.front()};
    int counted = 0;
    std::ranges::sort(runs, {}, &Execution::node);
    for (const Execution *run : runs) {
        const NodeId node = run->node;
        const bool isStop = run->outcome == Outcome::ExecutedBackdated && counted < countedAtMost;
        counted += isStop;
        const bool isEdited = !edited.empty() && edited.contains(store.node(node).file);
        const bool differs = run->outcome != Outcome::ExecutedBackdated;
        const std::uint64_t weight = record->inputs.empty() ? run->selfNs : run->sequence;
        const Rank rank{isStop ? sparedBy(store, node, revision) : 0, isEdited && isAnswer(store, node),
                        isAnswer(store, node) && differs, isEdited, weight};
        if (best.second == 0 || rank > best.first)
            best = {rank, node};
    }
    return best.second == 0 ? current : best.second;
}

NodeId mainNodeOf(const Store &store, std::string_view path, const std::function<int(NodeId)> &placeOf)
{
    const std::vector<NodeId> nodes = store.nodesOfFile(path);
    const auto best = std::ranges::max_element(
        nodes, {}, [&](NodeId node) { return std::pair(isAnswer(store, node), placeOf(node)); });
    return best == nodes.end() ? 0 : *best;
}

} // namespace nuages::models
