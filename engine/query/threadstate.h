#pragma once

#include "engine/query/occupant.h"

#include <cstdint>
#include <utility>

namespace nuages::query::detail {

class Gate;

inline thread_local constinit Occupant *readersOfThread = nullptr; ///< The last one first.
inline thread_local constinit const char *limitOfThread = nullptr; ///< Null until it is asked for.

/// Whether a Reader of the engine of this gate is open on this thread; at most one can be, beside those of other
/// engines.
inline bool threadHasReader(const Gate &gate)
{
    const Occupant *reader = readersOfThread;
    while (reader && reader->gate != &gate)
        reader = reader->nextOnThread;
    return reader != nullptr;
}

/// Says that `reader`, of the engine of this gate, is open on this thread from now on, or no longer is.
inline void addReaderOfThread(Occupant &reader, const Gate &gate)
{
    reader.gate = &gate;
    reader.nextOnThread = std::exchange(readersOfThread, &reader);
}
inline void removeReaderOfThread(const Occupant &reader)
{
    Occupant **place = &readersOfThread;
    while (*place != &reader)
        place = &(*place)->nextOnThread;
    *place = reader.nextOnThread;
}

const char *measuredLimit();

/// The lowest address at which another query may begin on this thread: what is left below it is for the query's own
/// calls. Measured once a thread.
inline const char *stackLimit()
{
    if (!limitOfThread) [[unlikely]]
        limitOfThread = measuredLimit();
    return limitOfThread;
}

/// This thread among all of the process that have opened a reader, from 1, by who was first.
std::uint32_t threadNumber();

} // namespace nuages::query::detail
