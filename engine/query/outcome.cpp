#include "engine/query/outcome.h"

#include <exception>
#include <new>
#include <utility>

namespace nuages::query {

namespace {

/// Leaves `to` as it is if there is no memory: the failure is told in any case.
void copy(auto &to, const auto &from)
{
    try {
        to = from;
    } catch (const std::bad_alloc &) { // NOLINT(bugprone-empty-catch): nothing is to be done
    }
}

} // namespace

Failure currentFailure(RequestId request, Revision revision, std::vector<std::string> running)
{
    Failure failure;
    failure.request = request;
    failure.revision = revision;
    failure.queries = std::move(running);
    try {
        throw;
    } catch (const Cancelled &cancelled) {
        failure.kind = Failure::Kind::Cancelled;
        failure.why = cancelled.why;
    } catch (const CycleError &cycle) {
        failure.kind = Failure::Kind::Cycle;
        copy(failure.queries, cycle.participants);
    } catch (const std::exception &error) {
        failure.kind = Failure::Kind::Exception;
        copy(failure.message, error.what());
    } catch (...) {
        failure.kind = Failure::Kind::Exception;
        copy(failure.message, "an exception of an unknown type");
    }
    return failure;
}

} // namespace nuages::query
