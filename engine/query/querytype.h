#pragma once

#include "engine/query/borrows.h"
#include "engine/query/handle.h"

#include <concepts>
#include <tuple>
#include <type_traits>

namespace nuages::query {

class Reader;

namespace detail {

template <class F>
struct RunTraits;
template <class R, class... K>
struct RunTraits<R (*)(Reader &, K...)> {
    using Value = R;
    using Keys = std::tuple<std::remove_cvref_t<K>...>;
    static constexpr bool ownsKeys = !(borrows<std::remove_cvref_t<K>> || ...);
    /// The key is a number already: no key at all, or one handle. Other keys are numbered in a table first.
    static constexpr bool isDirect =
        sizeof...(K) == 0 || (sizeof...(K) == 1 && (Handle<std::remove_cvref_t<K>> && ...));
};

} // namespace detail

/// What a query may return: a value of its own (no reference, pointer or view, nor a container of them), that can be
/// compared with the one before it and moved into its place without failing.
template <class T>
concept QueryValue = std::is_object_v<T> && !detail::borrows<T> && std::is_nothrow_move_constructible_v<T>
    && std::equality_comparable<T>;

/// The keys of a query are kept, so each owns what it says, as a value does: a std::string, not a view of one. It can
/// be asked with a view all the same.
template <class Q>
concept OwnsKeys = detail::RunTraits<decltype(&Q::run)>::ownsKeys;

/// A query is a type with a `static T run(Reader &, Key...)`. Nothing is registered.
template <class Q>
concept QueryType = requires { typename detail::RunTraits<decltype(&Q::run)>::Value; }
    && OwnsKeys<Q> && QueryValue<typename detail::RunTraits<decltype(&Q::run)>::Value>;

template <QueryType Q>
using ValueOf = typename detail::RunTraits<decltype(&Q::run)>::Value;
template <QueryType Q>
using KeysOf = typename detail::RunTraits<decltype(&Q::run)>::Keys;

/// `K...` are the keys that query `Q` asks for, in number and in type.
template <class Q, class... K>
concept KeysFor =
    QueryType<Q> && sizeof...(K) == std::tuple_size_v<KeysOf<Q>> && std::constructible_from<KeysOf<Q>, const K &...>;

} // namespace nuages::query
