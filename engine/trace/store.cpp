#include "engine/trace/store.h"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <limits>
#include <utility>

namespace nuages::trace {

namespace {

std::size_t at(Outcome outcome) { return static_cast<std::size_t>(outcome); }

void eraseOne(std::vector<NodeId> &nodes, NodeId id)
{
    if (const auto found = std::ranges::find(nodes, id); found != nodes.end()) {
        *found = nodes.back();
        nodes.pop_back();
    }
}

/// Most names of a file are the end of its path.
std::string_view keptWithin(std::string_view path, std::string_view name, Texts &texts)
{
    return path.ends_with(name) ? path.substr(path.size() - name.size()) : texts.keep(name);
}

} // namespace

std::uint64_t RevisionRecord::notChecked() const
{
    const std::uint64_t looked = count(Outcome::Validated) + count(Outcome::ExecutedNew)
        + count(Outcome::ExecutedChanged) + count(Outcome::ExecutedBackdated);
    return memos > looked ? memos - looked : 0;
}

bool Changes::isEmpty() const
{
    return newNodes.empty() && touchedNodes.empty() && newRevisions.empty() && touchedRevisions.empty()
        && newRequests.empty() && touchedRequests.empty() && newFiles.empty() && touchedFiles.empty()
        && toldTexts.empty() && lookedAt.empty() && !kindsChanged;
}

Changes Store::apply(const Batch &batch)
{
    std::size_t all = std::numeric_limits<std::size_t>::max();
    return applySome(batch, all);
}

namespace {

template <class Thing>
std::size_t weightOf(const Thing & /*thing*/)
{
    return 1;
}

/// Each read is a mark on what is read.
std::size_t weightOf(const Memo &memo)
{
    constexpr std::size_t readsOfThing = 8; // They cost about as much as it.
    return 1 + memo.reads.size() / readsOfThing;
}

} // namespace

Changes Store::applySome(const Batch &batch, std::size_t &left)
{
    Changes changes;
    ++m_portions;
    m_revision = batch.revision;
    m_isPartial = batch.isPartial;
    revisionRecord(batch.revision, changes);
    std::size_t takenBefore = m_taken;
    const auto take = [&](const auto &things) {
        std::size_t next = std::min(takenBefore, things.size());
        takenBefore -= next;
        for (; next < things.size() && left > 0; ++next, ++m_taken) {
            left -= std::min(left, weightOf(things[next]));
            add(things[next], changes);
        }
        return next == things.size();
    };
    // Nodes first: the others speak of them.
    if (take(batch.nodes) && take(batch.commits) && take(batch.executions) && take(batch.waits) && take(batch.memos)
        && take(batch.requests) && take(batch.files) && take(batch.texts) && take(batch.looks) && take(batch.past))
        finish(batch, changes);
    std::ranges::sort(changes.rereadNodes);
    changes.rereadNodes.erase(std::ranges::unique(changes.rereadNodes).begin(), changes.rereadNodes.end());
    std::ranges::sort(changes.newRevisions); // an older one may be told of after the present one
    if (!changes.isEmpty())
        ++m_epoch;
    return changes;
}

void Store::finish(const Batch &batch, Changes &changes)
{
    m_taken = 0;
    changes.kindsChanged = m_kinds != batch.kinds;
    m_kinds = batch.kinds;
    finishRevision(batch, changes);
    m_cost = batch.cost;
    thin(changes);
}

/// The present revision learns how many memos there are, and that events of it may be missing.
void Store::finishRevision(const Batch &batch, Changes &changes)
{
    std::uint64_t memos = 0;
    for (const KindTotal &kind : m_kinds)
        memos += kind.isInput ? 0 : kind.memos;
    RevisionRecord &record = revisionRecord(batch.revision, changes);
    if (!batch.past.empty()) // They have what was lost of them.
        m_cost = batch.cost;
    const std::uint64_t lost =
        batch.cost.lostValidations - m_cost.lostValidations + batch.cost.lostOthers - m_cost.lostOthers;
    if (record.memos != memos || lost > 0)
        touch(record, changes);
    record.memos = memos;
    record.lost += lost;
    if (lost > 0)
        m_values.eventsLost(m_finished, batch.revision);
    m_finished = batch.revision;
}

RevisionRecord &Store::revisionRecord(Revision revision, Changes &changes)
{
    if (!m_revisions.empty() && m_revisions.back().revision == revision)
        return m_revisions.back(); // as it mostly is
    auto found = std::ranges::lower_bound(m_revisions, revision, {}, &RevisionRecord::revision);
    if (found == m_revisions.end() || found->revision != revision) {
        found = m_revisions.insert(found, RevisionRecord());
        found->revision = revision;
        changes.newRevisions.push_back(revision);
    }
    return *found;
}

void Store::touch(const RevisionRecord &record, Changes &changes)
{
    if (!std::ranges::contains(changes.newRevisions, record.revision)
        && !std::ranges::contains(changes.touchedRevisions, record.revision))
        changes.touchedRevisions.push_back(record.revision);
}

void Store::touch(NodeId id, Changes &changes)
{
    if (std::exchange(m_nodes[id - 1].touchedIn, m_portions) == m_portions)
        return;
    changes.touchedNodes.push_back(id);
}

/// Where the path stands in m_paths, from now on.
std::uint32_t Store::placeOf(std::string_view path)
{
    if (const auto found = m_byPath.find(path); found != m_byPath.end())
        return found->second;
    const auto place = std::uint32_t(m_paths.size());
    m_byPath.emplace(m_paths.emplace_back(m_texts.keep(path)).text, place);
    return place;
}

void Store::add(const Node &node, Changes &changes)
{
    assert(node.id == m_nodes.size() + 1);
    NodeEntry entry{.isInput = node.isInput, .touchedIn = m_portions};
    if (const auto kind = m_byKind.find(node.kind); kind != m_byKind.end()) {
        entry.kind = kind->second;
    } else {
        entry.kind = std::uint32_t(m_kindNodes.size());
        m_byKind.emplace(m_kindNodes.emplace_back(m_texts.keep(node.kind)).kind, entry.kind);
    }
    m_kindNodes[entry.kind].nodes.push_back(node.id);
    if (const auto field = m_byField.find(node.field); field != m_byField.end()) {
        entry.field = field->second;
    } else {
        entry.field = std::uint32_t(m_fields.size());
        m_byField.emplace(m_fields.emplace_back(m_texts.keep(node.field)), entry.field);
    }
    if (!node.file.empty()) {
        entry.path = placeOf(node.file);
        Path &path = m_paths[entry.path];
        (path.first == 0 ? path.first : m_nodes[path.last - 1].nextOfPath) = node.id;
        path.last = node.id;
    }
    const std::string_view key = keptWithin(m_paths[entry.path].text, node.key, m_texts);
    entry.key = key.data();
    entry.keySize = std::uint32_t(key.size());
    m_nodes.push_back(entry);
    m_states.emplace_back();
    m_states.back().born = m_revision; // or an earlier one, of which this batch tells too
    m_byName.emplace(query::seededHash(nameOf(node)), node.id);
    changes.newNodes.push_back(node.id);
}

void Store::add(const Commit &commit, Changes &changes)
{
    RevisionRecord &record = revisionRecord(commit.revision, changes);
    record.label = commit.label;
    record.durability = commit.durability;
    record.at = commit.at;
}

void Store::add(const Execution &execution, Changes &changes)
{
    RevisionRecord &record = revisionRecord(execution.revision, changes);
    ++record.counts[at(execution.outcome)];
    record.ns[at(execution.outcome)] += execution.selfNs;
    touch(record, changes);
    NodeState &state = m_states[execution.node - 1];
    const bool isNew = execution.outcome == Outcome::ExecutedNew;
    const bool isKnownSince = execution.since != 0 && !isNew; // It had a value then.
    const Revision known = isKnownSince ? execution.since : execution.revision;
    state.born = std::min(state.born, known);
    if (isKnownSince || isExecution(execution.outcome))
        state.computed = state.computed == 0 ? known : std::min(state.computed, known);
    state.isSeenNew |= isNew;
    if (execution.outcome == Outcome::InputSet) {
        if (!std::ranges::contains(record.inputs, execution.node))
            record.inputs.push_back(execution.node);
        state.changedAt = execution.revision;
        if (const std::uint32_t path = m_nodes[execution.node - 1].path; path != 0) {
            std::vector<Revision> &changed = m_pasts[std::string(m_paths[path].text)].changes;
            if (changed.empty() || changed.back() < execution.revision)
                changed.push_back(execution.revision);
        }
    } else if (isExecution(execution.outcome)) {
        ++state.executed;
        state.backdated += execution.outcome == Outcome::ExecutedBackdated;
        state.totalNs += execution.selfNs;
        state.lastNs = execution.selfNs;
        state.ranIn = execution.revision;
        state.isRunUntold = true;
        state.isUntracked = execution.isUntracked;
    } else if (execution.outcome == Outcome::Validated || execution.outcome == Outcome::NotChecked) {
        ++state.validated;
    }
    if (execution.outcome != Outcome::Cancelled && execution.outcome != Outcome::Cycle)
        state.verifiedAt = std::max(state.verifiedAt, execution.revision);
    touch(execution.node, changes);
    if (isChange(execution.outcome))
        m_values.lose(execution.node, execution.revision);
    if (record.isThinned)
        return;
    if (const auto restored = m_restored.find(execution.revision); restored != m_restored.end()) {
        restored->second.add(execution);
        ++m_restoredCount;
        return;
    }
    std::uint64_t &last = m_nodes[execution.node - 1].last;
    m_executions.push_back(keptAfter(execution, last));
    last = m_firstKept + m_executions.size() - 1;
    Happened &happened = m_byRevision[execution.revision];
    happened.numbers.push_back(last);
    happened.isInOrder &= execution.sequence >= happened.lastSequence;
    happened.lastSequence = execution.sequence;
}

void Store::add(const Wait &wait, Changes &changes)
{
    RevisionRecord &record = revisionRecord(wait.revision, changes);
    if (record.isThinned)
        return;
    m_waits.push_back(wait);
    touch(record, changes);
}

void Store::add(const Memo &memo, Changes &changes)
{
    NodeState &state = m_states[memo.node - 1];
    state.changedAt = memo.changedAt;
    // A memo that is ahead of the events may be of a run that is told of later.
    const bool isOfRun = std::exchange(state.isRunUntold, false) && memo.verifiedAt <= state.verifiedAt;
    state.verifiedAt = std::max(state.verifiedAt, memo.verifiedAt);
    state.durability = memo.durability;
    state.isUntracked = memo.isUntracked;
    // A value that is computed late is known to be the same since before: yet it was not there.
    if (const Revision changedAt = std::max<Revision>(memo.changedAt, 1); !state.isSeenNew) {
        state.born = std::min(state.born, changedAt);
        state.computed = state.computed == 0 ? changedAt : std::min(state.computed, changedAt);
    }
    touch(memo.node, changes);
    m_values.add(memo, m_revision);
    if (state.reads == memo.reads)
        return;
    const bool isFirst = state.readsSince == 0 && state.reads.empty() && state.isSeenNew;
    state.readsSince = isOfRun ? std::min(state.ranIn, memo.verifiedAt) : memo.verifiedAt;
    const bool isNoReaderBefore = isFirst && state.readsSince == state.born;
    std::vector<NodeId> before = state.reads;
    std::vector<NodeId> now = memo.reads;
    std::ranges::sort(before);
    std::ranges::sort(now);
    std::vector<NodeId> gone;
    std::vector<NodeId> added;
    std::ranges::set_difference(before, now, std::back_inserter(gone));
    std::ranges::set_difference(now, before, std::back_inserter(added));
    for (const NodeId id : gone) {
        eraseOne(m_states[id - 1].readers, memo.node);
        m_states[id - 1].readersSince = std::max(m_states[id - 1].readersSince, state.readsSince);
        changes.rereadNodes.push_back(id);
        touch(id, changes);
    }
    for (const NodeId id : added) {
        m_states[id - 1].readers.push_back(memo.node);
        if (!isNoReaderBefore)
            m_states[id - 1].readersSince = std::max(m_states[id - 1].readersSince, state.readsSince);
        changes.rereadNodes.push_back(id);
        touch(id, changes);
    }
    m_states[memo.node - 1].reads = memo.reads;
}

void Store::add(const RequestRecord &request, Changes &changes)
{
    const bool isNew = m_requests.insert_or_assign(request.id, request).second;
    m_ownRequests += isNew && isOwnWork(request.id);
    (isNew ? changes.newRequests : changes.touchedRequests).push_back(request.id);
}

void Store::add(const FileRecord &file, Changes &changes)
{
    Path &path = m_paths[placeOf(file.path)];
    const bool isSameName = path.file && path.file->shown == file.shown;
    const FileState state{.shown = isSameName ? path.file->shown : keptWithin(path.text, file.shown, m_texts),
                          .status = file.status,
                          .version = file.version,
                          .equalsDisk = file.equalsDisk,
                          .changedAt = file.changedAt,
                          .durability = file.durability};
    if (path.file == state)
        return;
    if (!path.file) {
        path.file = state;
        changes.newFiles.push_back(path.text);
    } else {
        Past &past = m_pasts[file.path];
        past.records.push_back(*std::exchange(path.file, state));
        past.told.push_back(path.told);
        changes.touchedFiles.push_back(path.text);
    }
    path.told = m_revision;
}

void Store::add(const TextRecord &text, Changes &changes)
{
    if (const auto known = textAt(text.path, text.revision); known && *known == *text.text)
        return;
    m_pastTexts.add(text);
    changes.toldTexts.push_back(text.path);
}

void Store::add(const PastRevision &past, Changes &changes)
{
    RevisionRecord &record = revisionRecord(past.revision, changes);
    record.label = past.label;
    record.durability = past.durability;
    record.at = past.at;
    record.inputs = past.inputs;
    record.counts = past.counts;
    record.ns = past.ns;
    record.memos = past.memos;
    record.lost = past.lost;
    record.isThinned = true;
    m_thinnedUntil = std::max(m_thinnedUntil, past.revision);
    touch(record, changes);
}

void Store::Restored::add(const Execution &execution)
{
    std::size_t &number = last[execution.node];
    events.push_back({execution, number});
    number = events.size();
}

Changes Store::restore(Revision revision, RevisionEvents happened)
{
    Changes changes;
    const auto record = std::ranges::lower_bound(m_revisions, revision, {}, &RevisionRecord::revision);
    if (record == m_revisions.end() || record->revision != revision || !record->isThinned)
        return changes;
    std::array<std::uint64_t, outcomeCount> counts{};
    for (const Execution &execution : happened.executions)
        ++counts[at(execution.outcome)];
    const auto isNodeOrNone = [this](NodeId id) { return id <= lastNode(); };
    const auto isKnown = [&](const Execution &execution) {
        return execution.node != 0 && isNodeOrNone(execution.node) && isNodeOrNone(execution.cause)
            && isNodeOrNone(execution.parent);
    };
    const auto isAboutNode = [&](const Wait &wait) {
        return wait.node != 0 && isNodeOrNone(wait.node) && isNodeOrNone(wait.waiter);
    };
    if (counts != record->counts || !std::ranges::all_of(happened.executions, isKnown)
        || !std::ranges::all_of(happened.waits, isAboutNode))
        return changes;
    std::ranges::sort(happened.executions, {}, &Execution::sequence);
    Restored &restored = m_restored[revision];
    for (const Execution &execution : happened.executions)
        restored.add(execution);
    std::ranges::move(happened.waits, std::back_inserter(m_waits));
    std::ranges::stable_sort(m_waits, {}, &Wait::sequence);
    m_restoredInOrder.push_back(revision);
    m_restoredCount += restored.events.size();
    record->isThinned = false;
    touch(*record, changes);
    while (m_restoredCount > m_limits.restored && m_restoredInOrder.size() > 1)
        thinRestored(m_restoredInOrder.front(), changes);
    ++m_epoch;
    return changes;
}

void Store::thinRestored(Revision revision, Changes &changes)
{
    m_restoredInOrder.pop_front();
    m_restoredCount -= m_restored.at(revision).events.size();
    m_restored.erase(revision);
    std::erase_if(m_waits, [revision](const Wait &wait) { return wait.revision == revision; });
    const auto record = std::ranges::lower_bound(m_revisions, revision, {}, &RevisionRecord::revision);
    if (record == m_revisions.end() || record->revision != revision)
        return; // It is forgotten meanwhile.
    record->isThinned = true;
    touch(*record, changes);
}

void Store::add(const LookRecord &look, Changes &changes)
{
    m_mistakes.add(look);
    changes.lookedAt.push_back(look.path);
}

void Store::thin(Changes &changes)
{
    while (m_executions.size() > m_limits.executions) {
        const Revision oldest = m_executions.front().execution.revision;
        while (!m_executions.empty() && m_executions.front().execution.revision <= oldest) {
            m_executions.pop_front();
            ++m_firstKept;
        }
        // With it what a late reader told of those before.
        for (const auto gone = m_byRevision.upper_bound(oldest); m_byRevision.begin() != gone;) {
            RevisionRecord &record = revisionRecord(m_byRevision.begin()->first, changes);
            record.isThinned = true;
            touch(record, changes);
            m_byRevision.erase(m_byRevision.begin());
        }
        std::erase_if(m_waits, [this, oldest](const Wait &wait) {
            return wait.revision <= oldest && !m_restored.contains(wait.revision);
        });
        m_thinnedUntil = std::max(m_thinnedUntil, oldest);
    }
    while (m_waits.size() > m_limits.waits)
        m_waits.pop_front();
    while (m_revisions.size() > std::max<std::size_t>(m_limits.revisions, 1)) {
        m_revisions.pop_front();
        ++m_forgottenRevisions;
    }
    thinRequests();
}

/// Neither kind pushes out the other: an edit may have the findings of a thousand documents looked for again.
void Store::thinRequests()
{
    const auto forget = [this](std::map<RequestId, RequestRecord>::iterator first, std::size_t count) {
        for (std::size_t at = 0; at < count; ++at)
            first = m_requests.erase(first);
        m_forgottenRequests += count;
    };
    const auto beyond = [this](std::size_t count) { return count - std::min(count, m_limits.requests); };
    forget(m_requests.begin(), beyond(m_requests.size() - m_ownRequests));
    const std::size_t own = beyond(m_ownRequests);
    forget(m_requests.lower_bound(ownWork), own);
    m_ownRequests -= own;
}

/// The execution with the ways back from it, if the last one of its node has the number `last`.
Store::Kept Store::keptAfter(const Execution &execution, std::uint64_t last) const
{
    Kept made{.execution = execution, .least = execution.revision};
    if (!isKept(last))
        return made;
    made.previous = made.earlier = std::uint32_t(m_firstKept + m_executions.size() - last);
    const Kept &before = kept(last);
    if (before.earlier == 0 || !isKept(last - before.earlier))
        return made;
    if (const Kept &further = kept(last - before.earlier); further.span == before.span && further.earlier != 0) {
        made.earlier += before.earlier + further.earlier;
        made.span += before.span + further.span;
        made.least = std::min({made.least, before.least, further.least});
    }
    return made;
}

/// Of the last thing that happened to the node until then; else of none that is kept.
std::uint64_t Store::numberUntil(NodeId id, Revision revision, std::size_t *looks) const
{
    std::uint64_t number = m_nodes[id - 1].last;
    while (isKept(number) && kept(number).execution.revision > revision) {
        if (looks)
            ++*looks;
        const Kept &each = kept(number);
        const std::uint32_t back = each.least > revision ? each.earlier : each.previous;
        number = back == 0 ? 0 : number - back;
    }
    return number;
}

// Look-ups.

Revision Store::changedBefore(std::string_view path, Revision revision) const
{
    const auto past = m_pasts.find(path);
    if (past == m_pasts.end())
        return 0;
    const std::vector<Revision> &changes = past->second.changes;
    const auto after = std::ranges::upper_bound(changes, revision);
    return after == changes.begin() ? 0 : *std::prev(after);
}

std::optional<FileState> Store::fileAt(std::string_view path, Revision revision) const
{
    const auto place = m_byPath.find(path);
    if (place == m_byPath.end() || !m_paths[place->second].file)
        return std::nullopt;
    const FileState *now = &*m_paths[place->second].file;
    const Revision toldLast = m_paths[place->second].told;
    const Revision change = changedBefore(path, revision);
    static const Past none;
    const auto found = m_pasts.find(path);
    const Past &past = found == m_pasts.end() ? none : found->second;
    const bool isNowThen = changedBefore(path, m_revision) == change;
    // Until it is set for the first time, a path has the revision in which it was first asked for.
    const auto isThen = [&](const FileState &record) {
        return record.changedAt <= revision && (change == 0 || record.changedAt == change)
            && (&record != now || isNowThen);
    };
    const auto record = [&](std::size_t at) { return at < past.records.size() ? &past.records[at] : now; };
    // A document may be opened and closed without a change: the last that was told by then, or else the first.
    auto after = std::size_t(std::ranges::upper_bound(past.told, revision) - past.told.begin());
    if (after == past.told.size() && toldLast <= revision)
        ++after;
    const FileState *then = nullptr;
    for (std::size_t at = after; at > 0 && !then; --at)
        then = isThen(*record(at - 1)) ? record(at - 1) : nullptr;
    for (std::size_t at = after; at <= past.told.size() && record(at)->changedAt <= revision && !then; ++at)
        then = isThen(*record(at)) ? record(at) : nullptr;
    if (!then)
        return std::nullopt;
    FileState known = *then;
    known.shown = now->shown;
    return known;
}

std::pair<Revision, Revision> Store::turnsOfFile(std::string_view path, Revision revision) const
{
    std::pair<Revision, Revision> turns(0, std::numeric_limits<Revision>::max());
    const auto turnAt = [&](Revision at) {
        if (at <= revision)
            turns.first = std::max(turns.first, at);
        else
            turns.second = std::min(turns.second, at);
    };
    if (const auto place = m_byPath.find(path); place != m_byPath.end() && m_paths[place->second].file) {
        turnAt(m_paths[place->second].file->changedAt);
        turnAt(m_paths[place->second].told);
    }
    if (const auto found = m_pasts.find(path); found != m_pasts.end()) {
        std::ranges::for_each(found->second.changes, turnAt);
        std::ranges::for_each(found->second.told, turnAt);
        for (const FileState &record : found->second.records)
            turnAt(record.changedAt);
    }
    return turns;
}

/// If nothing was set since: before it was read, nobody knew what it said.
std::shared_ptr<const std::string> Store::textAt(std::string_view path, Revision revision) const
{
    return m_pastTexts.at(path, changedBefore(path, revision), revision);
}

NodeId Store::find(std::string_view name) const
{
    const auto found = m_byName.find(query::seededHash(name));
    if (found == m_byName.end())
        return 0;
    if (nameOf(node(found->second)) == name)
        return found->second;
    for (NodeId id = 1; id <= lastNode(); ++id) { // Two names have the same hash: as good as never.
        if (nameOf(node(id)) == name)
            return id;
    }
    return 0;
}

std::vector<NodeId> Store::nodesOfKind(std::string_view kind) const
{
    const auto found = m_byKind.find(kind);
    return found == m_byKind.end() ? std::vector<NodeId>() : m_kindNodes[found->second].nodes;
}

std::vector<NodeId> Store::nodesOfFile(std::string_view path) const
{
    std::vector<NodeId> nodes;
    if (const auto found = m_byPath.find(path); found != m_byPath.end()) {
        for (NodeId id = m_paths[found->second].first; id != 0; id = m_nodes[id - 1].nextOfPath)
            nodes.push_back(id);
    }
    return nodes;
}

std::vector<NodeId> Store::dependents(const std::vector<NodeId> &nodes, Revision revision) const
{
    std::vector<bool> isFound(m_nodes.size() + 1, false);
    std::vector<NodeId> next = nodes;
    std::vector<NodeId> found;
    for (const NodeId id : nodes)
        isFound[id] = true;
    while (!next.empty()) {
        const NodeId id = next.back();
        next.pop_back();
        for (const NodeId reader : readers(id)) {
            if (isFound[reader] || state(reader).readsSince > revision)
                continue;
            isFound[reader] = true;
            found.push_back(reader);
            next.push_back(reader);
        }
    }
    std::ranges::sort(found);
    return found;
}

const Execution *Store::lastUntil(NodeId id, Revision revision, std::size_t *looks) const
{
    const std::uint64_t number = numberUntil(id, revision, looks);
    if (isKept(number))
        return &kept(number).execution;
    const Execution *last = nullptr;
    walkRestored(id, revision, [&last](const Execution &each) {
        last = &each;
        return false;
    });
    return last;
}

/// Those up to a revision, the last first, until one is missing between them, or between them and what is kept.
std::vector<const Store::Restored *> Store::restoredUntil(Revision upTo) const
{
    std::vector<const Restored *> found;
    auto record = std::ranges::upper_bound(m_revisions, std::min(upTo, m_thinnedUntil), {}, &RevisionRecord::revision);
    while (record != m_revisions.begin()) {
        --record;
        if (record->isThinned)
            break;
        if (const auto restored = m_restored.find(record->revision); restored != m_restored.end())
            found.push_back(&restored->second);
    }
    return found;
}

bool Store::isWholeAfter(Revision revision) const
{
    if (m_forgottenRevisions > 0 && !m_revisions.empty() && m_revisions.front().revision > revision + 1)
        return false;
    const auto after = std::ranges::upper_bound(m_revisions, revision, {}, &RevisionRecord::revision);
    const auto last = std::ranges::upper_bound(m_revisions, m_thinnedUntil, {}, &RevisionRecord::revision);
    return after >= last || std::none_of(after, last, [](const RevisionRecord &record) { return record.isThinned; });
}

std::optional<Outcome> Store::outcomeAt(NodeId id, Revision revision) const
{
    const Execution *last = lastUntil(id, revision);
    if (last && last->revision == revision)
        return last->outcome;
    const RevisionRecord *record = this->revision(revision);
    const bool isForgotten = record ? record->isThinned : !m_revisions.empty() && revision < m_revisions[0].revision;
    return isForgotten ? std::nullopt : std::optional(Outcome::NotChecked);
}

std::size_t Store::executionCount(Revision revision) const
{
    if (const auto restored = m_restored.find(revision); restored != m_restored.end())
        return restored->second.events.size();
    const auto numbers = m_byRevision.find(revision);
    return numbers == m_byRevision.end() ? 0 : numbers->second.numbers.size();
}

std::vector<Execution> Store::executions(Revision revision) const
{
    std::vector<Execution> found;
    visitExecutions(revision, 0, [&found](const Execution &execution) { found.push_back(execution); });
    if (!std::ranges::is_sorted(found, {}, &Execution::sequence)) // as slow readers tell late
        std::ranges::sort(found, {}, &Execution::sequence);
    return found;
}

const RevisionRecord *Store::revision(Revision revision) const
{
    const auto found = std::ranges::lower_bound(m_revisions, revision, {}, &RevisionRecord::revision);
    return found != m_revisions.end() && found->revision == revision ? &*found : nullptr;
}

const RequestRecord *Store::request(RequestId id) const
{
    const auto found = m_requests.find(id);
    return found == m_requests.end() ? nullptr : &found->second;
}

const FileState *Store::file(std::string_view path) const
{
    const auto found = m_byPath.find(path);
    return found != m_byPath.end() && m_paths[found->second].file ? &*m_paths[found->second].file : nullptr;
}

} // namespace nuages::trace
