#pragma once

#include "engine/query/cell.h"
#include "engine/query/clock.h"
#include "engine/query/counters.h"
#include "engine/query/event.h"
#include "engine/query/urgency.h"
#include "engine/trace/outcome.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What happened in the engine, as plain values that own everything: they may go to any thread, or into a file.
namespace nuages::trace {

using query::Counters;
using query::Durability;
using query::Instant;
using query::nameOf;
using query::Reason;
using query::RequestId;
using query::Revision;
using query::steadyClock;

/// A memo or a field of an input. Dense, from 1, in the order in which the recorder saw them; 0 is none.
using NodeId = std::uint32_t;

struct NodeName;

/// What a node is called. Never changes.
struct Node {
    NodeId id = 0;
    std::string kind; ///< "TemplateFacts"; of a field that of its input, "File".
    std::string key; ///< "base.html"; several parts are separated by ", "; empty for a query without a key.
    std::string field; ///< "stamp"; empty unless it is a field of an input.
    std::string file; ///< Absolute path that the key names; empty if it names none.
    bool isInput = false;

    operator NodeName() const; // NOLINT(*-explicit-*): it is one
    friend bool operator==(const Node &, const Node &) = default;
};

/// A node whose texts somebody else keeps.
struct NodeName {
    NodeId id = 0;
    std::string_view kind;
    std::string_view key;
    std::string_view field;
    std::string_view file;
    bool isInput = false;

    friend bool operator==(const NodeName &, const NodeName &) = default;
};

/// "TemplateFacts(base.html)", "File(base.html).stamp".
std::string nameOf(const NodeName &node);

/// Something that happened to one node.
struct Execution {
    NodeId node = 0;
    Revision revision = 0;
    Outcome outcome = Outcome::NotChecked; ///< NotChecked: found good by durability alone.
    Reason reason = Reason::NeverComputed; ///< Of an execution.
    NodeId cause = 0; ///< Of an execution: the first thing it had read that changed; 0 if there was none.
    NodeId parent = 0; ///< The node that needed this one; 0 if it was asked for from outside.
    RequestId request = 0;
    std::uint64_t durationNs = 0; ///< Of an execution, with those inside it.
    std::uint64_t selfNs = 0; ///< Without those inside it.
    Revision since = 0; ///< The revision in which it was good last; 0 for never.
    std::uint64_t sequence = 0; ///< Order over everything, by when it ended.
    std::uint32_t edges = 0; ///< Of an execution: what it read. Of a validation: what was looked at.
    bool isUntracked = false; ///< An execution that read something the engine cannot see.
    Instant at = 0; ///< Of an execution: when it began.
    std::uint32_t thread = 0; ///< On which it happened, by its number in the process; 0 is the owner's.

    friend bool operator==(const Execution &, const Execution &) = default;
};

/// A reader that needed a node while another one had it in work slept until that was done, or was given up.
struct Wait {
    NodeId node = 0; ///< What was waited for.
    NodeId waiter = 0; ///< The node that needed it; 0 if it was asked for from outside.
    Revision revision = 0;
    bool isDone = false; ///< When it ended the node was good; else whoever worked on it gave up, or the waiter did.
    RequestId request = 0; ///< That waited.
    std::uint32_t thread = 0; ///< That slept.
    Instant at = 0;
    std::uint64_t ns = 0;
    std::uint64_t sequence = 0; ///< Among that of executions, by when it ended.

    friend bool operator==(const Wait &, const Wait &) = default;
};

/// A transaction that opened a revision.
struct Commit {
    Revision revision = 0;
    std::string label; ///< "textDocument/didChange"
    Durability durability = Durability::Low; ///< The highest that changed.
    Instant at = 0;
    std::uint64_t sequence = 0;

    friend bool operator==(const Commit &, const Commit &) = default;
};

/// What is kept of a node now. Comes for each node that ran, of several runs in the order in which they were told of,
/// and once for each that was there when watching began.
struct Memo {
    NodeId node = 0;
    Revision changedAt = 0; ///< Its value is the same since then.
    Revision verifiedAt = 0; ///< It was last found good then.
    Durability durability = Durability::Low; ///< The lowest of all it read.
    bool isUntracked = false;
    std::vector<NodeId> reads = {}; ///< In order of first reading, each once.
    std::string value =
        {}; ///< Since `changedAt`, for people to read, in 120 bytes at most; empty if there is no such form.

    friend bool operator==(const Memo &, const Memo &) = default;
};

/// Requests with this bit in their number are the server's own work, which no client asked for.
inline constexpr RequestId ownWork = RequestId(1) << 63;

constexpr bool isOwnWork(RequestId id) { return (id & ownWork) != 0; }

/// How far a request has come. Each batch has the latest state of those that moved.
struct RequestRecord {
    enum class State : std::uint8_t { Queued, Running, Answered, Failed, Cancelled };

    RequestId id = 0;
    std::string method; ///< "textDocument/completion"; of work that no client asked for, what it brings about.
    std::string document; ///< Absolute path; empty if it is about none.
    State state = State::Queued;
    Revision begun = 0; ///< Of its first attempt; 0 before that.
    Revision ended = 0; ///< Of its last attempt.
    std::uint32_t attempts = 0; ///< Attempts that began; all but the last were cancelled by a write.
    Instant at = 0; ///< When it arrived.
    std::uint64_t durationNs = 0; ///< From arrival to reply, waiting included; 0 while there is none.
    std::optional<std::int32_t> version = std::nullopt; ///< Of the document it is about, if that is open.
    bool isNull = false; ///< The answer was that there is nothing.

    friend bool operator==(const RequestRecord &, const RequestRecord &) = default;
};

/// What a path leads to, beside what the queries see of it.
struct FileRecord {
    enum class Status : std::uint8_t { Disk, Overlay, Directory, Absent, Unreadable };

    std::string path; ///< Absolute.
    std::string shown; ///< Below its root.
    Status status = Status::Absent;
    std::optional<std::int32_t> version; ///< Of the open document, as the client counts.
    std::optional<bool> equalsDisk; ///< Of an overlay: whether the disk has the same bytes; none if unknown.
    Revision changedAt = 0;
    Durability durability = Durability::Low;

    friend bool operator==(const FileRecord &, const FileRecord &) = default;
};

/// What a file said in a revision, as the queries see it.
struct TextRecord {
    std::string path; ///< Absolute.
    Revision revision = 0; ///< One in which it said so; the file may have said so before.
    std::shared_ptr<const std::string> text; ///< Never null. Shared with the values of the engine.

    friend bool operator==(const TextRecord &, const TextRecord &) = default;
};

/// Something that was found in a file. Lines and UTF-16 units, from 0, as an editor counts.
struct Mistake {
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    std::uint32_t endLine = 0;
    std::uint32_t endColumn = 0;
    std::uint32_t severity = 1; ///< From 1, an error, to 4, a hint.
    std::string rule;
    std::string message;

    friend bool operator==(const Mistake &, const Mistake &) = default;
};

/// Mistakes were looked for in a file, or are not any more.
struct LookRecord {
    enum class Result : std::uint8_t {
        Found, ///< As the list says.
        Same, ///< The same as in the look before.
        Ended, ///< Nobody looks any more, so that from now on nothing is known.
    };

    std::string path; ///< Absolute.
    Revision revision = 0; ///< Of which it is true.
    Result result = Result::Found;
    std::vector<Mistake> mistakes; ///< Of Found.

    friend bool operator==(const LookRecord &, const LookRecord &) = default;
};

/// What is left of a revision of which nothing else is kept.
struct PastRevision {
    Revision revision = 0;
    std::string label;
    Durability durability = Durability::Low;
    Instant at = 0;
    std::vector<NodeId> inputs; ///< What was set.
    std::array<std::uint64_t, outcomeCount> counts{}; ///< As RevisionRecord of the store has them, like what follows.
    std::array<std::uint64_t, outcomeCount> ns{};
    std::uint64_t memos = 0;
    std::uint64_t lost = 0;

    friend bool operator==(const PastRevision &, const PastRevision &) = default;
};

struct KindTotal {
    std::string kind;
    bool isInput = false;
    std::uint64_t memos = 0; ///< Or records, of inputs.
    Counters counters; ///< Since the engine began.

    friend bool operator==(const KindTotal &, const KindTotal &) = default;
};

/// What watching cost and what it missed. Times are nanoseconds of the engine's clock.
struct Cost {
    std::uint64_t takingNs = 0; ///< Of the owner's time, to make this batch; measured.
    std::uint64_t recordingNs = 0; ///< Of the readers' time: events in this batch times what one cost when measured.
    std::uint64_t ofNs = 0; ///< From the first thing in this batch to its end: what the costs above are a part of.
    std::uint64_t lostValidations = 0; ///< Since watching began; exact.
    std::uint64_t lostOthers = 0; ///< Since watching began; exact.

    double share() const { return ofNs == 0 ? 0 : double(takingNs + recordingNs) / double(ofNs); }

    friend bool operator==(const Cost &, const Cost &) = default;
};

/// All that happened since the batch before.
struct Batch {
    std::uint64_t number = 0; ///< From 1, without gaps; an empty one has the number of the one before.
    Instant takenAt = 0;
    Revision revision = 0; ///< The present one.
    bool isPartial = false; ///< Take another one soon, even if nothing happens: some memos could not be looked at yet.

    std::vector<Node> nodes; ///< Those not named before, by id.
    std::vector<Commit> commits;
    std::vector<Execution> executions; ///< By sequence.
    std::vector<Wait> waits; ///< Likewise.
    std::vector<Memo> memos;
    std::vector<RequestRecord> requests;
    std::vector<FileRecord> files; ///< Filled in by whoever knows files.
    std::vector<TextRecord> texts; ///< Likewise.
    std::vector<LookRecord> looks;
    std::vector<PastRevision> past; ///< Of a batch that stands for many: what else is told of them. Rising.
    std::vector<KindTotal> kinds; ///< All of them.
    Cost cost;

    bool isEmpty() const
    {
        return nodes.empty() && commits.empty() && executions.empty() && waits.empty() && memos.empty()
            && requests.empty() && files.empty() && texts.empty() && looks.empty() && past.empty();
    }
};

} // namespace nuages::trace
