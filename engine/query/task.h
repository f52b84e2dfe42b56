#pragma once

#include "engine/query/engine.h"
#include "engine/query/outcome.h"
#include "engine/query/sendable.h"

#include <tuple>
#include <type_traits>
#include <utility>

namespace nuages::query {

/// A function that captures nothing: all it knows comes in as an argument.
template <class F>
concept CapturesNothing = std::is_empty_v<F> && std::is_default_constructible_v<F>;

/// What a task may give back: a value of its own, or nothing.
template <class T>
concept TaskResult = std::is_void_v<T> || (std::is_object_v<T> && !detail::borrows<T>);

namespace detail {

/// Says in a sentence what is wrong with a task; a constraint would say so too, but in many lines.
template <class A>
struct TaskArgument {
    static_assert(Sendable<A>,
                  "an argument of a task owns what it refers to: no Reader, pointer, reference or view; "
                  "for a type of your own that does, specialise nuages::query::enableSendable as true");
};
template <class F, class... A>
struct TaskParts {
    static_assert(CapturesNothing<F>, "the function of a task captures nothing: what it needs comes as an argument");
    static constexpr bool areGood = ((sizeof(TaskArgument<A>) != 0) && ...);
};

} // namespace detail

/// Work for another thread: a ticket, a function and the arguments it owns. Made by task(), run once by runTask().
template <class F, class... A>
struct Task {
    using Value = std::invoke_result_t<F, Reader &, A...>;

    Ticket ticket;
    std::tuple<A...> arguments;
};

/// Ties `fn(Reader &, arguments...)` to a ticket, to be run on any thread.
///
/// The door is narrow on purpose: the function captures nothing and each argument is Sendable, so no Reader, reference,
/// view or raw pointer of this thread can slip through.
template <class F, class... A>
    requires detail::TaskParts<F, A...>::areGood
    && std::invocable<F, Reader &, A...> && TaskResult<std::invoke_result_t<F, Reader &, A...>>
Task<F, A...> task(Ticket ticket, F, A... arguments)
{
    return {std::move(ticket), std::tuple<A...>(std::move(arguments)...)};
}

/// Opens a Reader on this thread, runs the task and closes the Reader. The one place where Cancelled, CycleError and
/// whatever else a query may throw are caught.
template <class F, class... A>
Outcome<typename Task<F, A...>::Value> runTask(Task<F, A...> work)
{
    using Value = typename Task<F, A...>::Value;
    const RequestId request = work.ticket.request();
    const Revision revision = work.ticket.revision();
    try {
        Reader db(std::move(work.ticket));
        const auto call = [&db](A &...arguments) -> Value { return F{}(db, std::move(arguments)...); };
        try {
            if constexpr (std::is_void_v<Value>) {
                std::apply(call, work.arguments);
                return {};
            } else {
                return std::apply(call, work.arguments);
            }
        } catch (const Cancelled &) {
            throw;
        } catch (const CycleError &) {
            throw;
        } catch (...) {
            return std::unexpected(currentFailure(request, revision, db.failedQueries()));
        }
    } catch (...) {
        return std::unexpected(currentFailure(request, revision, {}));
    }
}

} // namespace nuages::query
