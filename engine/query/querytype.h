#pragma once

#include "engine/query/borrows.h"
#include "engine/query/handle.h"

#include <concepts>
#include <tuple>
#include <type_traits>

namespace nuages::query {

class Reader;

namespace detail {

/// What a query returns and is asked with. Says in a sentence what is wrong with it; a constraint would say so too, but
/// in fifty lines.
template <class F>
struct RunTraits;
template <class R, class... K>
struct RunTraits<R (*)(Reader &, K...)> {
    static_assert(std::is_object_v<R> && !borrows<R>,
                  "a query returns a value that owns what it says: no reference, pointer or view, nor a list of them");
    static_assert(std::equality_comparable<R>,
                  "the value of a query is compared with the one before it: its type needs an operator==");
    static_assert(std::is_nothrow_move_constructible_v<R>,
                  "the value of a query is moved into its place: its type needs a noexcept move constructor");
    static_assert(
        !(borrows<std::remove_cvref_t<K>> || ...),
        "the key of a query is kept, so it owns what it says: no pointer or view; it can be asked with a view");
    static_assert((std::equality_comparable<std::remove_cvref_t<K>> && ...),
                  "the key of a query is looked up: its type needs an operator==, and a hashValue() beside it");

    using Value = R;
    using Keys = std::tuple<std::remove_cvref_t<K>...>;
    /// The key is a number already: no key at all, or one handle. Other keys are numbered in a table first.
    static constexpr bool isDirect =
        sizeof...(K) == 0 || (sizeof...(K) == 1 && (Handle<std::remove_cvref_t<K>> && ...));
};
template <class R, class... K>
struct RunTraits<R (*)(Reader &, K...) noexcept> {
    static_assert(sizeof(RunTraits *) == 0,
                  "the run() of a query cannot be noexcept: Cancelled leaves through it when nobody wants the answer");
};

} // namespace detail

/// A query may have a `static T cycleFallback(Reader &, Key...)`: what it is worth in a ring.
template <class Q>
concept HasCycleFallback = requires { &Q::cycleFallback; };

/// What a query falls back to is of its own type, and asked for with its own keys.
template <class Q>
concept CycleFallbackIsLikeRun = !HasCycleFallback<Q>
    || (std::same_as<typename detail::RunTraits<decltype(&Q::cycleFallback)>::Value,
                     typename detail::RunTraits<decltype(&Q::run)>::Value>
        && std::same_as<typename detail::RunTraits<decltype(&Q::cycleFallback)>::Keys,
                        typename detail::RunTraits<decltype(&Q::run)>::Keys>);

/// A query is a type with a `static T run(Reader &, Key...)`. Nothing is registered.
///
/// `T` and the keys are values of their own, that can be compared; `T` can be moved without failing.
template <class Q>
concept QueryType = requires { typename detail::RunTraits<decltype(&Q::run)>::Value; };

template <QueryType Q>
using ValueOf = typename detail::RunTraits<decltype(&Q::run)>::Value;
template <QueryType Q>
using KeysOf = typename detail::RunTraits<decltype(&Q::run)>::Keys;

/// `K...` are the keys that query `Q` asks for, in number and in type.
template <class Q, class... K>
concept KeysFor =
    QueryType<Q> && sizeof...(K) == std::tuple_size_v<KeysOf<Q>> && std::constructible_from<KeysOf<Q>, const K &...>;

} // namespace nuages::query
