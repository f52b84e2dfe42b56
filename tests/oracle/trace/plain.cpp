#include "tests/oracle/trace/plain.h"

#include <algorithm>
#include <utility>

namespace nuages::oracle {

void Plain::add(const trace::Batch &batch)
{
    last = batch.revision;
    seen.insert(batch.revision);
    taken.insert(batch.revision);
    lost = batch.cost.lostOthers + batch.cost.lostValidations;
    for (const trace::Node &each : batch.nodes) {
        nodes.push_back(each);
        m_byNode.emplace_back();
        m_told.emplace_back();
        m_readers.emplace_back();
        m_readersSince.push_back(0);
        m_readersToldFor.push_back(0);
        if (const auto [known, isNew] = m_byName.emplace(nameOf(each.id), each.id); !isNew)
            known->second = 0;
        m_born.push_back(batch.revision);
    }
    for (const trace::Commit &commit : batch.commits) {
        commits[commit.revision] = commit;
        seen.insert(commit.revision);
    }
    std::multimap<NodeId, Revision> ran;
    happened += batch.executions.size();
    for (const Execution &each : batch.executions) {
        seen.insert(each.revision);
        byRevision[each.revision].push_back(each);
        m_byNode[each.node - 1].push_back(each);
        m_born[each.node - 1] = std::min(m_born[each.node - 1], each.revision);
        if (trace::isExecution(each.outcome))
            ran.emplace(each.node, each.revision);
        const std::string &file = node(each.node).file;
        if (each.outcome == Outcome::InputSet && !file.empty())
            m_sets[file].push_back(each.revision);
    }
    for (const trace::Memo &memo : batch.memos) {
        std::vector<Told> &list = m_told[memo.node - 1];
        Told now{memo, batch.revision, memo.verifiedAt, std::nullopt};
        for (const auto &[node, revision] :
             std::ranges::subrange(ran.lower_bound(memo.node), ran.upper_bound(memo.node))) {
            if (revision <= memo.verifiedAt)
                now.ran = now.since = revision;
        }
        const bool isSame = !list.empty() && list.back().memo.reads == memo.reads;
        const std::set<NodeId> before = list.empty()
            ? std::set<NodeId>()
            : std::set<NodeId>(list.back().memo.reads.begin(), list.back().memo.reads.end());
        const std::set<NodeId> after(memo.reads.begin(), memo.reads.end());
        const bool isBorn = list.empty() && !of(memo.node).empty() && of(memo.node).front().revision == now.since
            && of(memo.node).front().outcome == Outcome::ExecutedNew;
        for (const NodeId read : before) {
            if (after.contains(read))
                continue;
            m_readers[read - 1].erase(memo.node);
            m_readersSince[read - 1] = std::max(m_readersSince[read - 1], now.since);
            m_readersToldFor[read - 1] = std::max(m_readersToldFor[read - 1], memo.verifiedAt);
        }
        for (const NodeId read : after) {
            if (before.contains(read))
                continue;
            m_readers[read - 1].insert(memo.node);
            if (isBorn)
                continue; // Before that it was none of them.
            m_readersSince[read - 1] = std::max(m_readersSince[read - 1], now.since);
            m_readersToldFor[read - 1] = std::max(m_readersToldFor[read - 1], memo.verifiedAt);
        }
        if (isSame)
            now.since = list.back().since;
        list.push_back(std::move(now));
    }
    for (const trace::RequestRecord &request : batch.requests)
        requests[request.id] = request;
    for (const trace::FileRecord &file : batch.files)
        files[file.path].push_back(file);
    for (const trace::TextRecord &text : batch.texts)
        texts[text.path].push_back(text);
    kinds[batch.revision] = batch.kinds;
}

std::string Plain::nameOf(NodeId id) const
{
    const trace::Node &named = node(id);
    return named.kind + "(" + named.key + ")" + (named.field.empty() ? "" : "." + named.field);
}

const Execution *Plain::lastIn(NodeId id, Revision revision) const
{
    const Execution *found = nullptr;
    for (const Execution &each : of(id)) {
        if (each.revision == revision)
            found = &each;
    }
    return found;
}

Outcome Plain::outcome(NodeId id, Revision revision) const
{
    const Execution *found = lastIn(id, revision);
    return found ? found->outcome : Outcome::NotChecked;
}

const Execution *Plain::runUntil(NodeId id, Revision revision) const
{
    const Execution *found = nullptr;
    for (const Execution &each : of(id)) {
        if (each.revision <= revision && (trace::isExecution(each.outcome) || each.outcome == Outcome::InputSet))
            found = &each;
    }
    return found;
}

const std::vector<NodeId> &Plain::reads(NodeId id) const
{
    static const std::vector<NodeId> nothing;
    return told(id).empty() ? nothing : told(id).back().memo.reads;
}

/// A value that was seen to be computed for the first time was not there before, though nothing that it depends on may
/// have changed since then.
bool Plain::isSeenNew(NodeId id) const
{
    return std::ranges::any_of(of(id), [](const Execution &each) { return each.outcome == Outcome::ExecutedNew; });
}

Revision Plain::born(NodeId id) const
{
    Revision born = m_born[id - 1];
    if (!isSeenNew(id)) {
        for (const Told &each : told(id))
            born = std::min(born, std::max<Revision>(each.memo.changedAt, 1));
    }
    return born;
}

Revision Plain::readsSince(NodeId id) const { return told(id).empty() ? 0 : told(id).back().since; }

Revision Plain::readersSince(NodeId id) const { return m_readersSince[id - 1]; }

Revision Plain::readsToldFor(NodeId id) const
{
    Revision first = 0;
    for (auto each = told(id).rbegin(); each != told(id).rend() && each->memo.reads == reads(id); ++each)
        first = each->memo.verifiedAt;
    return first;
}

NodeId Plain::find(const std::string &name) const
{
    const auto found = m_byName.find(name);
    return found == m_byName.end() ? 0 : found->second;
}

Revision Plain::setBefore(const std::string &path, Revision revision) const
{
    Revision found = 0;
    if (const auto sets = m_sets.find(path); sets != m_sets.end()) {
        for (const Revision each : sets->second) {
            if (each <= revision)
                found = std::max(found, each);
        }
    }
    return found;
}

std::vector<NodeId> Plain::setIn(Revision revision) const
{
    std::vector<NodeId> found;
    if (const auto all = byRevision.find(revision); all != byRevision.end()) {
        for (const Execution &each : all->second) {
            if (each.outcome == Outcome::InputSet && std::ranges::find(found, each.node) == found.end())
                found.push_back(each.node);
        }
    }
    return found;
}

std::string Plain::shownPath(const std::string &path) const
{
    const auto found = files.find(path);
    return found == files.end() || found->second.back().shown.empty() ? path : found->second.back().shown;
}

} // namespace nuages::oracle
