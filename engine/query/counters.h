#pragma once

#include <cstdint>

namespace nuages::query {

/// What happened to the memos of one query, or of all.
struct Counters {
    std::uint64_t hits = 0; ///< Good already when asked for.
    std::uint64_t executed = 0; ///< Ran to the end, for whatever reason; `backdated` of them kept their value.
    std::uint64_t backdated = 0;
    std::uint64_t memos = 0; ///< Ran to the end for the first time, so that there is a memo now.
    std::uint64_t validatedShallow = 0; ///< By durability alone.
    std::uint64_t validatedDeep = 0; ///< By looking at what was read.
    std::uint64_t cancelled = 0; ///< Were running when their reader had to stop.
    std::uint64_t cycles = 0; ///< Were asked for while they needed themselves.
    std::uint64_t collected = 0; ///< Memos that were given up because nobody could reach them.
    std::uint64_t blocked = 0; ///< Times a reader slept because another one computed it.

    std::uint64_t validated() const { return validatedShallow + validatedDeep; }

    Counters &operator+=(const Counters &other)
    {
        hits += other.hits;
        executed += other.executed;
        backdated += other.backdated;
        memos += other.memos;
        validatedShallow += other.validatedShallow;
        validatedDeep += other.validatedDeep;
        cancelled += other.cancelled;
        cycles += other.cycles;
        collected += other.collected;
        blocked += other.blocked;
        return *this;
    }
    friend bool operator==(const Counters &, const Counters &) = default;
};

} // namespace nuages::query
