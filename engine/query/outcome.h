#pragma once

#include "engine/query/failure.h"
#include "engine/query/revision.h"
#include "engine/query/urgency.h"

#include <expected>
#include <string>
#include <vector>

namespace nuages::query {

/// Why a task has no value.
struct Failure {
    enum class Kind : std::uint8_t {
        Cancelled, ///< `why` says what to do.
        Cycle, ///< Queries need each other: `queries` are the ring.
        Exception, ///< A query threw something else, which is a mistake of ours: `message`, in `queries`.
    };

    Kind kind = Kind::Cancelled;
    Cancelled::Why why = Cancelled::Why::WriteWanted; ///< If cancelled.
    std::vector<std::string> queries; ///< The ring, or the queries that were running, outermost first.
    std::string message; ///< Of an exception.
    RequestId request = 0;
    Revision revision = 0;
};

template <class T>
using Outcome = std::expected<T, Failure>;

/// The exception being handled, as a Failure. Only inside a catch block.
Failure currentFailure(RequestId request, Revision revision, std::vector<std::string> running);

} // namespace nuages::query
