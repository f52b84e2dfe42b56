#pragma once

#include <cstdint>

namespace nuages::query::detail {

class Gate;
struct Occupant;

/// Whether a Reader of the engine of this gate is open on this thread; at most one can be, beside those of other
/// engines.
bool threadHasReader(const Gate &gate);

/// Says that `reader`, of the engine of this gate, is open on this thread from now on, or no longer is.
void addReaderOfThread(Occupant &reader, const Gate &gate);
void removeReaderOfThread(const Occupant &reader);

/// The lowest address at which another query may begin on this thread: what is left below it is for the query's own
/// calls. Measured once a thread.
const char *stackLimit();

/// This thread among all of the process that have opened a reader, from 1, by who was first.
std::uint32_t threadNumber();

} // namespace nuages::query::detail
