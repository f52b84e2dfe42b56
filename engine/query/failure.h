#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace nuages::query {

/// The result is no longer wanted, or cannot be had on this stack.
///
/// Thrown by Reader, caught by runTask() alone. It is no std::exception, so that a `catch (const std::exception &)`
/// on the way cannot swallow it.
struct Cancelled {
    enum class Why : std::uint8_t {
        WriteWanted, ///< An edit waits for the readers; ask again with a new ticket.
        RequestCancelled, ///< The request's CancelToken was used; nobody waits for the answer.
        TicketExpired, ///< The ticket's revision has passed; ask again with a new ticket.
        TooDeep, ///< Queries were nested until the thread's stack was nearly used up.
    };

    Why why = Why::WriteWanted;
};

/// Queries that need each other, on one thread or over several, in the order they were entered.
///
/// Nothing of the ring is memoised; asking again gives the error again until an input changes.
struct CycleError {
    std::vector<std::string>
        participants; ///< As Engine::describe() shows them; each needs the next, the last the first.
};

} // namespace nuages::query
