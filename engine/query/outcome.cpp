#include "engine/query/outcome.h"

#include <exception>
#include <utility>

namespace nuages::query {

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
        failure.queries = cycle.participants;
    } catch (const std::exception &error) {
        failure.kind = Failure::Kind::Exception;
        failure.message = error.what();
    } catch (...) {
        failure.kind = Failure::Kind::Exception;
        failure.message = "an exception of an unknown type";
    }
    return failure;
}

} // namespace nuages::query
