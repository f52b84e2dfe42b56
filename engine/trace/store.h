#pragma once

#include "engine/query/hash.h"
#include "engine/trace/batch.h"
#include "engine/trace/pastmistakes.h"
#include "engine/trace/pasttexts.h"
#include "engine/trace/pastvalues.h"
#include "engine/trace/texts.h"

#include <boost/unordered/unordered_flat_map.hpp>

#include <algorithm>
#include <array>
#include <deque>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nuages::trace {

/// One revision, and what became of the nodes in it.
struct RevisionRecord {
    Revision revision = 0;
    std::string label; ///< Empty if watching began later.
    Durability durability = Durability::Low;
    Instant at = 0; ///< When it was opened; 0 if watching began later.
    std::vector<NodeId> inputs; ///< What was set.
    std::array<std::uint64_t, outcomeCount> counts{}; ///< By outcome; of NotChecked, those found good by durability.
    std::array<std::uint64_t, outcomeCount> ns{}; ///< Own time of executions, by outcome.
    std::uint64_t memos = 0; ///< How many there were at its end.
    std::uint64_t lost = 0; ///< Events that found no room while it was the present one: then the counts are too low.
    bool isThinned = false; ///< Only these counts are left; what happened to which node is forgotten.

    std::uint64_t count(Outcome outcome) const { return counts[static_cast<std::size_t>(outcome)]; }

    /// Memos that nobody looked at: all but those that ran or were checked.
    std::uint64_t notChecked() const;
};

/// What the store knows of a node beside its name.
struct NodeState {
    Revision changedAt = 0;
    Revision verifiedAt = 0;
    Revision born = 0; ///< The first one in which anything is known of it.
    Revision computed = 0; ///< Of a query: the first one in which it is known to have a value; 0 if it has none.
    bool isSeenNew = false; ///< Its first run was seen, so that `computed` is the revision of that.
    Revision ranIn = 0; ///< The last run that was seen.
    bool isRunUntold = false; ///< What it read in that is yet to be told.
    Revision readsSince = 0; ///< `reads` is the same since then.
    Revision readersSince = 0; ///< Likewise `readers`.
    Durability durability = Durability::Low;
    bool isUntracked = false;
    std::vector<NodeId> reads;
    std::vector<NodeId> readers; ///< In no order.
    std::uint64_t executed = 0; ///< While watched.
    std::uint64_t backdated = 0;
    std::uint64_t validated = 0;
    std::uint64_t totalNs = 0; ///< Own time of all executions.
    std::uint64_t lastNs = 0; ///< Own time of the last execution; 0 if it was not seen.
};

/// What is known of a path; FileRecord says what the fields mean.
struct FileState {
    std::string_view shown;
    FileRecord::Status status = FileRecord::Status::Absent;
    std::optional<std::int32_t> version;
    std::optional<bool> equalsDisk;
    Revision changedAt = 0;
    Durability durability = Durability::Low;

    friend bool operator==(const FileState &, const FileState &) = default;
};

/// What a batch has changed, each once and in no order, so that a model tells its views no more than that.
struct Changes {
    std::vector<NodeId> newNodes; ///< Rising.
    std::vector<NodeId> touchedNodes; ///< Whose state or outcome is another; not among the new ones.
    std::vector<NodeId> rereadNodes; ///< Whose readers are others; among the new or the touched ones.
    std::vector<Revision> newRevisions; ///< Rising.
    std::vector<Revision> touchedRevisions; ///< Whose counts or inputs are others, or which were thinned.
    std::vector<RequestId> newRequests;
    std::vector<RequestId> touchedRequests;
    std::vector<std::string_view> newFiles; ///< The store keeps them, like all paths.
    std::vector<std::string_view> touchedFiles;
    std::vector<std::string> toldTexts; ///< Paths of files whose text is known, or is another.
    std::vector<std::string> lookedAt; ///< Paths of files in which mistakes were looked for.
    bool kindsChanged = false;

    bool isEmpty() const;
};

/// All that happened in a revision.
struct RevisionEvents {
    std::vector<Execution> executions;
    std::vector<Wait> waits;
};

/// Keeps what batches tell, within bounds, and answers questions about it.
///
/// Belongs to one thread. References are good until the next apply(). What happened to which node is kept for the
/// latest revisions; older ones are thinned to counts, and say so.
class Store
{
public:
    struct Limits {
        std::size_t executions = 400'000; ///< Things that happened to nodes; 112 bytes each.
        std::size_t waits =
            100'000; ///< Of threads for each other; the oldest go first, at the latest with their revision.
        std::size_t revisions = 50'000; ///< Beyond that, the oldest are forgotten and only counted.
        std::size_t requests = 10'000; ///< Likewise; of clients, and as many of the server's own.
        std::size_t textBytes = 64 << 20; ///< Of texts that files had in past revisions; the oldest go first.
        std::size_t valueBytes = 32 << 20; ///< Likewise of the short forms of values.
        std::size_t looks = 1'000'000; ///< For mistakes; then the older half goes, but for each file's last one.
        std::size_t restored = 400'000; ///< Things that happened in revisions that were read back; the oldest go first.
    };

    Store() : Store(Limits()) { }
    explicit Store(Limits limits) : m_limits(limits) { }

    /// Takes in the next batch. Batches come in order, each once.
    Changes apply(const Batch &batch);

    /// Takes in at most `left` things of the next batch, after those it has taken of it before, and lowers `left` by
    /// their number: for who must not be kept long. Call it again with the same batch while isAmidBatch().
    Changes applySome(const Batch &batch, std::size_t &left);

    /// Takes back what happened in a revision that was thinned, from where it was kept. Changes nothing if it is not
    /// all that the counts say, or speaks of nodes that are not there.
    Changes restore(Revision revision, RevisionEvents happened);

    bool isAmidBatch() const
    {
        return m_taken > 0;
    } ///< Then kinds(), cost() and memo counts are still those before it.

    /// Rises with every batch that changed something.
    std::uint64_t epoch() const { return m_epoch; }

    Revision revision() const { return m_revision; } ///< The present one; 0 before the first batch.
    const Cost &cost() const { return m_cost; } ///< Of the last batch; losses are sums.
    bool isPartial() const { return m_isPartial; } ///< Memos that were there before are still coming.

    // Nodes.

    NodeId lastNode() const { return NodeId(m_nodes.size()); } ///< Ids run from 1 to this.

    /// Its texts stay for as long as the store.
    NodeName node(NodeId id) const
    {
        const NodeEntry &entry = m_nodes[id - 1];
        return {.id = id,
                .kind = m_kindNodes[entry.kind].kind,
                .key = {entry.key, entry.keySize},
                .field = m_fields[entry.field],
                .file = m_paths[entry.path].text,
                .isInput = entry.isInput};
    }

    /// Kinds are numbered from 0, in the order in which nodes of them came.
    std::size_t kindNumber(NodeId id) const { return m_nodes[id - 1].kind; }
    std::optional<std::size_t> kindNumber(std::string_view kind) const
    {
        const auto found = m_byKind.find(kind);
        return found == m_byKind.end() ? std::nullopt : std::optional<std::size_t>(found->second);
    }
    std::size_t kindCount() const { return m_kindNodes.size(); }
    const NodeState &state(NodeId id) const { return m_states[id - 1]; }
    const std::vector<NodeId> &reads(NodeId id) const { return state(id).reads; }
    const std::vector<NodeId> &readers(NodeId id) const { return state(id).readers; }

    /// The node of this name, "TemplateFacts(base.html)"; 0 if there is none.
    NodeId find(std::string_view name) const;
    std::vector<NodeId> nodesOfKind(std::string_view kind) const; ///< Rising.
    std::vector<NodeId> nodesOfFile(std::string_view path) const; ///< Whose key names it; rising.

    /// Everything that read one of `nodes` in a revision, directly or through others, without `nodes`; rising. What is
    /// not known to have read the same then is left out.
    std::vector<NodeId> dependents(const std::vector<NodeId> &nodes, Revision revision) const;

    // What happened.

    /// What became of a node in a revision: the last thing that happened to it there, NotChecked if nothing did;
    /// nullopt if the revision was thinned.
    std::optional<Outcome> outcomeAt(NodeId id, Revision revision) const;

    /// The value of a node in a revision, in short as Memo has it; so the old value of one that ran is that of the
    /// revision before. Nullopt if its type has no such form, or it was another one by the time somebody looked.
    std::optional<std::string> valueAt(NodeId id, Revision revision) const { return m_values.at(id, revision); }

    /// Whether values of the node have a short form, as far as anybody has seen one.
    bool isPrinted(NodeId id) const { return m_values.isPrinted(id); }

    /// All that happened in a revision, by sequence; empty if it is thinned.
    std::vector<Execution> executions(Revision revision) const;
    std::size_t executionCount(Revision revision) const;

    /// Calls `visit(const Execution &)` with what happened in a revision, in the order in which it was told of; for who
    /// knows so many, with those that have come since.
    template <class Visit>
    void visitExecutions(Revision revision, std::size_t known, Visit visit) const
    {
        if (const auto restored = m_restored.find(revision); restored != m_restored.end()) {
            for (const Restored::Event &each : restored->second.events | std::views::drop(known))
                visit(each.execution);
        }
        const auto numbers = m_byRevision.find(revision);
        if (numbers == m_byRevision.end())
            return;
        for (const std::uint64_t number : numbers->second.numbers | std::views::drop(known))
            visit(kept(number).execution);
    }

    /// Calls `visit(const Execution &)` with what happened in a revision, by sequence, until it returns false.
    template <class Visit>
    void walkThrough(Revision revision, Visit visit) const
    {
        if (m_restored.contains(revision)) {
            for (const Execution &each : executions(revision)) {
                if (!visit(each))
                    return;
            }
        }
        const auto all = m_byRevision.find(revision);
        if (all == m_byRevision.end())
            return;
        std::vector<std::uint64_t> sorted;
        if (!all->second.isInOrder) {
            sorted = all->second.numbers;
            std::ranges::stable_sort(sorted, {}, [this](auto number) { return kept(number).execution.sequence; });
        }
        for (const std::uint64_t number : all->second.isInOrder ? all->second.numbers : sorted) {
            if (!visit(kept(number).execution))
                return;
        }
    }

    /// The last thing that happened to the node in `revision` or before it, of those that are kept. However much
    /// happened to it since, few are looked at; `looks` grows by their number.
    const Execution *lastUntil(NodeId id, Revision revision, std::size_t *looks = nullptr) const;

    /// Calls `visit(const Execution &)` with what happened to the node, the last first, until it returns false. It ends
    /// where something that happened is not kept: nothing between two of them is missing. Begins with what lastUntil()
    /// finds, for who wants nothing of later revisions than `from`.
    template <class Visit>
    void walkBack(NodeId id, Visit visit, Revision from = std::numeric_limits<Revision>::max()) const
    {
        for (std::uint64_t number = numberUntil(id, from, nullptr); isKept(number); number -= kept(number).previous) {
            if (!visit(kept(number).execution))
                return;
            if (kept(number).previous == 0)
                break;
        }
        walkRestored(id, from, visit);
    }

    /// Whether all that happened after a revision is kept.
    bool isWholeAfter(Revision revision) const;

    /// How much that happened is kept.
    std::size_t keptExecutions() const { return m_executions.size(); }

    /// By sequence, but for those of slow readers; not of revisions that are thinned.
    const std::deque<Wait> &waits() const { return m_waits; }

    const std::vector<KindTotal> &kinds() const { return m_kinds; }

    const RevisionRecord *revision(Revision revision) const; ///< Null if it is not kept.
    const std::deque<RevisionRecord> &revisions() const { return m_revisions; } ///< Rising, perhaps with gaps.
    std::uint64_t forgottenRevisions() const { return m_forgottenRevisions; }

    const RequestRecord *request(RequestId id) const;
    const std::map<RequestId, RequestRecord> &requests() const { return m_requests; }
    std::uint64_t forgottenRequests() const { return m_forgottenRequests; }

    const FileState *file(std::string_view path) const;

    /// What was known of a path in a revision, or soon after it; nullopt if that is not kept.
    std::optional<FileState> fileAt(std::string_view path, Revision revision) const;

    /// The revision, up to this one, in which the file was changed last; 0 if it was not while watched.
    Revision changedBefore(std::string_view path, Revision revision) const;

    /// The first revision up to this one, and the first one behind it, from which on fileAt() or changedBefore() may
    /// say something else.
    std::pair<Revision, Revision> turnsOfFile(std::string_view path, Revision revision) const;

    /// The text of a file in a revision; null if it is not kept, or nobody has asked for it then.
    std::shared_ptr<const std::string> textAt(std::string_view path, Revision revision) const;

    /// Calls `visit(std::string_view path, const FileState &)` with each path that is known, in the order in which they
    /// came.
    template <class Visit>
    void visitFiles(Visit visit) const
    {
        for (const Path &path : m_paths) {
            if (path.file)
                visit(path.text, *path.file);
        }
    }

    /// What was known in a revision of the mistakes in a file; nullopt if nobody had looked, or it is not kept.
    std::optional<PastMistakes::Known> mistakesAt(std::string_view path, Revision revision) const
    {
        return m_mistakes.at(path, revision);
    }

    /// The files in which mistakes were ever looked for, sorted.
    std::vector<std::string> lookedAt() const { return m_mistakes.paths(); }

    /// What the names of nodes and files take. Each text is kept once, however many share it.
    std::size_t nameBytes() const { return m_texts.bytes(); }

private:
    /// What is known of a node beside its state.
    struct NodeEntry {
        const char *key = nullptr; ///< In m_texts.
        std::uint32_t keySize = 0;
        std::uint32_t kind = 0; ///< In m_kindNodes.
        std::uint32_t field = 0; ///< In m_fields.
        std::uint32_t path = 0; ///< In m_paths; 0 for none.
        NodeId nextOfPath = 0; ///< 0 for none.
        bool isInput = false;
        std::uint64_t last = 0; ///< Number of the last thing that happened to it; 0 for none.
        std::uint64_t touchedIn = 0; ///< The number of the portion that touched it last.
    };

    /// What happened in a revision.
    struct Happened {
        std::vector<std::uint64_t> numbers; ///< In m_executions, rising.
        std::uint64_t lastSequence = 0;
        bool isInOrder = true; ///< By sequence: no slow reader told of it.
    };

    struct KindNodes {
        std::string_view kind;
        std::vector<NodeId> nodes; ///< Rising.
    };

    /// A path with the nodes of it, rising from the first one.
    struct Path {
        std::string_view text;
        NodeId first = 0; ///< 0 for none.
        NodeId last = 0;
        std::optional<FileState> file;
        Revision told = 0; ///< The present revision when that was told.
    };

    /// An execution with the way to the one before it of the same node, and to one further back: a skip list, in which
    /// any is found in about as many steps as the logarithm of how many there are.
    struct Kept {
        Execution execution;
        std::uint32_t previous = 0; ///< So many numbers less; 0 for none.
        std::uint32_t earlier = 0; ///< Likewise.
        std::uint32_t span = 1; ///< So many of the node are between that one and this one, with this one.
        Revision least = 0; ///< The least revision of those.
    };

    /// What happened in a revision that was thinned and read back.
    struct Restored {
        struct Event {
            Execution execution;
            std::size_t previous = 0; ///< Number of the one before it of the same node; 0 for none.
        };
        std::vector<Event> events; ///< By sequence, but for those of slow readers; a number is a place in it, from 1.
        boost::unordered_flat_map<NodeId, std::size_t> last; ///< By node: the number of the last.

        void add(const Execution &execution);
    };

    template <class T>
    using ByView = boost::unordered_flat_map<std::string_view, T, query::SeededHash, std::equal_to<>>;
    template <class T>
    using ByString = boost::unordered_flat_map<std::string, T, query::SeededHash, std::equal_to<>>;

    /// What is remembered of a file beside its last record.
    struct Past {
        std::vector<Revision> changes; ///< In which something of it was set; rising.
        std::vector<FileState> records; ///< All but the last.
        std::vector<Revision> told; ///< By record: the present revision when it was told.
    };

    std::uint32_t placeOf(std::string_view path);
    RevisionRecord &revisionRecord(Revision revision, Changes &changes);
    void add(const Node &node, Changes &changes);
    void add(const Commit &commit, Changes &changes);
    void add(const Execution &execution, Changes &changes);
    void add(const Wait &wait, Changes &changes);
    void add(const Memo &memo, Changes &changes);
    void add(const RequestRecord &request, Changes &changes);
    void add(const FileRecord &file, Changes &changes);
    void add(const TextRecord &text, Changes &changes);
    void add(const LookRecord &look, Changes &changes);
    void add(const PastRevision &past, Changes &changes);
    void thinRestored(Revision revision, Changes &changes);
    void touch(NodeId id, Changes &changes);
    void finish(const Batch &batch, Changes &changes);
    void finishRevision(const Batch &batch, Changes &changes);
    void touch(const RevisionRecord &record, Changes &changes);
    void thin(Changes &changes);
    void thinRequests();
    bool isKept(std::uint64_t number) const { return number >= m_firstKept; }
    const Kept &kept(std::uint64_t number) const { return m_executions[number - m_firstKept]; }
    Kept keptAfter(const Execution &execution, std::uint64_t last) const;
    std::uint64_t numberUntil(NodeId id, Revision revision, std::size_t *looks) const;
    std::vector<const Restored *> restoredUntil(Revision upTo) const;

    template <class Visit>
    void walkRestored(NodeId id, Revision upTo, Visit visit) const
    {
        if (m_restored.empty())
            return;
        for (const Restored *restored : restoredUntil(upTo)) {
            const auto last = restored->last.find(id);
            for (std::size_t number = last == restored->last.end() ? 0 : last->second; number != 0;
                 number = restored->events[number - 1].previous) {
                if (!visit(restored->events[number - 1].execution))
                    return;
            }
        }
    }

    Limits m_limits;
    std::uint64_t m_epoch = 0;
    std::uint64_t m_portions = 0; ///< Calls of applySome().
    std::size_t m_taken = 0; ///< Things of the batch it is amid.
    Revision m_revision = 0;
    Cost m_cost;
    bool m_isPartial = false;

    Texts m_texts; ///< All names; the views below are of them.
    std::deque<NodeEntry> m_nodes; ///< By id.
    std::deque<NodeState> m_states; ///< By id.
    boost::unordered_flat_map<std::uint64_t, NodeId> m_byName; ///< By the hash of its name: the first that has it.
    std::vector<KindNodes> m_kindNodes;
    ByView<std::uint32_t> m_byKind; ///< In m_kindNodes.
    std::vector<std::string_view> m_fields;
    ByView<std::uint32_t> m_byField; ///< In m_fields.
    std::deque<Path> m_paths = std::deque<Path>(1); ///< The first one stands for none.
    ByView<std::uint32_t> m_byPath; ///< In m_paths.

    std::deque<Kept> m_executions;
    std::uint64_t m_firstKept = 1; ///< Number of the first in m_executions.
    std::map<Revision, Happened> m_byRevision;

    std::deque<Wait> m_waits;
    Revision m_thinnedUntil = 0; ///< Of later ones all is kept.
    std::map<Revision, Restored> m_restored;
    std::deque<Revision> m_restoredInOrder; ///< In the order in which they were.
    std::size_t m_restoredCount = 0; ///< Executions of them.

    std::deque<RevisionRecord> m_revisions;
    std::uint64_t m_forgottenRevisions = 0;
    std::map<RequestId, RequestRecord> m_requests;
    std::size_t m_ownRequests = 0; ///< So many of them are the server's own; the last ones.
    std::uint64_t m_forgottenRequests = 0;
    ByString<Past> m_pasts; ///< By path.
    PastTexts m_pastTexts = PastTexts(m_limits.textBytes);
    PastMistakes m_mistakes = PastMistakes(m_limits.looks);
    PastValues m_values = PastValues(m_limits.valueBytes);
    Revision m_finished = 0; ///< The revision of the last whole batch.
    std::vector<KindTotal> m_kinds;
};

} // namespace nuages::trace
