#pragma once

#include <cstdint>

namespace nuages::query::detail {

/// Whether a Reader is open on this thread; at most one can be.
bool threadHasReader();
void setThreadHasReader(bool has);

/// The lowest address at which another query may begin on this thread: what is left below it is for the query's own
/// calls. Measured once a thread.
const char *stackLimit();

/// This thread among all of the process that have opened a reader, from 1, by who was first.
std::uint32_t threadNumber();

} // namespace nuages::query::detail
