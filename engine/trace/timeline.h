#pragma once

#include "engine/trace/store.h"

#include <cstdint>
#include <vector>

namespace nuages::trace {

/// A part of the time of a thread: a query ran, or slept until another thread had done with one.
struct Span {
    NodeId node = 0; ///< What ran, or was waited for.
    Revision revision = 0;
    RequestId request = 0;
    Outcome outcome = Outcome::NotChecked; ///< Of a run.
    bool isWait = false;
    NodeId cause = 0; ///< Of a run: the first thing it had read that changed.
    Instant at = 0;
    std::uint64_t ns = 0; ///< With all inside it.
    std::uint64_t selfNs = 0; ///< Of a run without the runs inside it; of a wait all of it.
    std::uint64_t sequence = 0; ///< No other span has it.

    Instant end() const { return at + Instant(ns); }
    friend bool operator==(const Span &, const Span &) = default;
};

/// What a thread did: rows of spans, each by time, of which none overlaps the next. A span lies within one of the row
/// before.
struct Lane {
    std::uint32_t thread = 0; ///< By its number in the process.
    std::vector<std::vector<Span>> rows;

    friend bool operator==(const Lane &, const Lane &) = default;
};

/// Who kept a thread waiting.
struct BlockedInterval {
    Wait wait;
    std::uint32_t holder = 0; ///< The thread that had the node in work; 0 if that is not kept.
    std::uint64_t released = 0; ///< The sequence of what it did with it last, before the wait ended; 0 likewise.

    friend bool operator==(const BlockedInterval &, const BlockedInterval &) = default;
};

/// What happened when, on which thread, as far as it is kept. Validations are not timed, and are not in it.
struct TimeLine {
    std::vector<Lane> lanes; ///< By thread; those on which something ran or waited.
    std::vector<BlockedInterval> blocked; ///< Those who waited longest first.
    std::vector<std::vector<RequestRecord>> requests; ///< From arrival to reply, in rows like those of a lane.
    std::uint64_t untimed = 0; ///< So many runs have no time: they were recorded by an older program.
    Instant begin = 0; ///< Of the first thing in it; 0 if it is empty.
    Instant end = 0;

    std::uint64_t spans() const;
    friend bool operator==(const TimeLine &, const TimeLine &) = default;
};

/// Of the revisions from `first` to `last`; requests that were answered in them. Cost in proportion to what happened in
/// them, and to all requests.
TimeLine timeLine(const Store &store, Revision first, Revision last);

} // namespace nuages::trace
