#include "ui/models/telling.h"

#include "engine/trace/words.h"

#include <algorithm>

namespace nuages::models {

namespace {

using trace::Execution;
using trace::NodeId;
using trace::Outcome;
using trace::Store;

/// Of so many nodes at most it is counted what they spared: more would be too slow to do while typing.
constexpr std::size_t countedAtMost = 12;

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

/// Whether the node did not run again in the revision of this run.
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
    return last && last->sequence == execution.sequence;
}

} // namespace

Telling::Candidate Telling::candidate(const Store &store, const Execution &run, std::size_t spared) const
{
    const bool isEdited = !m_edited.empty() && m_edited.contains(store.node(run.node).file);
    const bool answers = isAnswer(store, run.node);
    return {.rank = {.spared = spared,
                     .isEditedAnswer = isEdited && answers,
                     .isNewAnswer = answers && run.outcome != Outcome::ExecutedBackdated,
                     .isEdited = isEdited,
                     // While a project is read it is the dearest that counts.
                     .weight = m_inputs == 0 ? run.selfNs : run.sequence},
            .run = run};
}

void Telling::lookAt(const Store &store, const Execution &execution)
{
    if (!trace::isExecution(execution.outcome))
        return;
    m_isOutdated = m_isOutdated || (m_best && m_best->run.node == execution.node);
    if (execution.outcome == Outcome::ExecutedBackdated) {
        m_stops.push_back(execution);
        return;
    }
    const bool isCheap = m_inputs == 0 && m_best && m_best->rank.isNewAnswer && execution.selfNs < m_best->rank.weight;
    if (isCheap)
        return;
    const Candidate found = candidate(store, execution, 0);
    if ((!m_best || found.isBefore(*m_best)) && isLastRun(store, execution))
        m_best = found;
}

void Telling::begin(const Store &store, const trace::RevisionRecord &record)
{
    *this = Telling();
    m_revision = record.revision;
    m_inputs = record.inputs.size();
    for (const NodeId input : record.inputs)
        m_edited.insert(store.node(input).file);
}

void Telling::takeIn(const Store &store, trace::Revision revision)
{
    const trace::RevisionRecord *record = store.revision(revision);
    if (!record || record->isThinned)
        return;
    const std::size_t count = store.executionCount(revision);
    if (revision != m_revision || count < m_known || record->inputs.size() != m_inputs)
        begin(store, *record);
    const auto look = [this, &store](const Execution &execution) { lookAt(store, execution); };
    store.visitExecutions(revision, m_known, look);
    if (m_isOutdated) {
        begin(store, *record);
        store.visitExecutions(revision, 0, look);
        m_isOutdated = false; // What came up later was compared with the last runs alone.
    }
    m_known = count;
}

NodeId Telling::most(const Store &store, trace::Revision revision, NodeId current)
{
    const trace::RevisionRecord *record = store.revision(revision);
    if (!record || record->isThinned)
        return current;
    if (record->inputs.empty() && current != 0 && isAnswer(store, current)
        && trace::isExecution(store.outcomeAt(current, revision).value_or(Outcome::NotChecked)))
        return current; // While a project is read, answers come by the hundred.
    takeIn(store, revision);
    std::erase_if(m_stops, [&](const Execution &stop) { return !isLastRun(store, stop); });
    std::ranges::sort(m_stops, {}, &Execution::node);
    std::optional<Candidate> best = m_best;
    for (std::size_t at = 0; at < m_stops.size(); ++at) {
        const std::size_t spared = at < countedAtMost ? sparedBy(store, m_stops[at].node, revision) : 0;
        if (const Candidate stop = candidate(store, m_stops[at], spared); !best || stop.isBefore(*best))
            best = stop;
    }
    if (best)
        return best->run.node;
    return record->inputs.empty() ? current : record->inputs.front();
}

NodeId mainNodeOf(const Store &store, std::string_view path, const std::function<int(NodeId)> &placeOf)
{
    const std::vector<NodeId> nodes = store.nodesOfFile(path);
    const auto best = std::ranges::max_element(
        nodes, {}, [&](NodeId node) { return std::pair(isAnswer(store, node), placeOf(node)); });
    return best == nodes.end() ? 0 : *best;
}

} // namespace nuages::models
