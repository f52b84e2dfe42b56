#pragma once

#include "engine/query/cell.h"
#include "engine/query/urgency.h"

#include <cstdint>
#include <string>

namespace nuages::query {

/// Something that happened off the hot path. A hit is never an event; it is only counted.
struct Event {
    enum class What : std::uint8_t {
        ExecutedNew, ///< Ran for the first time.
        ExecutedChanged, ///< Ran, and its value differs.
        ExecutedBackdated, ///< Ran, and its value is the same, so that whoever read it need not run.
        ValidatedDeep, ///< Not run: nothing it read has changed.
        ValidatedShallow, ///< Not run, and not even looked at what it read: no input of its durability has changed.
        Blocked, ///< Has waited for another reader that computed it; `parent` waited.
        Cancelled, ///< Was running when its reader had to stop.
        CycleFound, ///< Was asked for while it needs itself. If all of the ring have a rule, their runs follow.
        Collected, ///< Was given up, with its value, because nobody could reach it. The owner does that.
        InputSet, ///< A transaction set this field to something else.
        Committed, ///< The owner ended a transaction; `label` is its label.
    };

    std::uint64_t sequence = 0; ///< Order over all readers; starts at 1.
    Revision revision = 0;
    What what = What::ExecutedNew;
    Reason reason = Reason::NeverComputed; ///< Of an execution.
    DependencyKey key;
    DependencyKey cause; ///< Of an execution: the first dependency that changed; kind 0 if there was none.
    DependencyKey parent; ///< The memo that needed this one; kind 0 if it was asked for from outside.
    Revision since = 0; ///< The revision in which the memo was good last; 0 for never. Of a wait: after it.
    std::uint32_t reader = 0; ///< Which reader; 0 for the owner.
    std::uint32_t thread = 0; ///< On which thread that was, by its number in the process; 0 for the owner.
    RequestId request = 0;
    Instant at = 0; ///< Of an execution and a wait: when it began. Of a commit and of a set: when it happened.
    Instant durationNs = 0; ///< Of an execution, with all that it asked for; of a wait.
    Instant selfNs = 0; ///< Of an execution, without the executions inside it.
    std::uint32_t edges = 0; ///< Of an execution: what it read. Of a deep validation: what was looked at.
    Durability durability = Durability::Low; ///< Of the memo; of a set and of a commit, the highest that changed.
    bool isUntracked = false; ///< An execution that read something the engine cannot see.
    bool fellBack = false; ///< An execution that ended in a ring: the value is the query's cycleFallback().
    std::string label; ///< Of a commit.
};

/// "ExecutedChanged", for logs and tests.
const char *nameOf(Event::What what);
const char *nameOf(Reason reason);

} // namespace nuages::query
