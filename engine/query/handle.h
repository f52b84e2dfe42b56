#pragma once

#include "engine/query/borrows.h"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace nuages::query {

namespace detail {
template <class Member>
struct MemberTypeOf;
template <class T, class D>
struct MemberTypeOf<T D::*> {
    using Type = T;
};
template <class Member>
using MemberType = typename MemberTypeOf<Member>::Type;
} // namespace detail

/// What a handle says that nobody gave out: it is no record's, and using it ends the program with a sentence.
inline constexpr std::uint32_t noIndex = ~std::uint32_t(0);

/// A handle of one input record: four bytes, freely copied, may be sent to any thread.
///
/// `Fields` are the members of `D` that are tracked, each for itself: a query that read one does not run again
/// when another is set.
template <class D, auto... Fields>
struct Input {
    static_assert(!(detail::borrows<detail::MemberType<decltype(Fields)>> || ...),
                  "a tracked field of an input owns what it says");

    using Data = D;
    static constexpr std::size_t fieldCount = sizeof...(Fields);

    std::uint32_t index = noIndex;

    friend constexpr auto operator<=>(const Input &, const Input &) = default;

    /// The position of `Field` among `Fields`; `fieldCount` if it is not one of them.
    template <auto Field>
    static consteval std::size_t fieldIndex()
    {
        using Wanted = std::integral_constant<decltype(Field), Field>;
        std::size_t at = 0;
        std::size_t found = fieldCount;
        ((found = std::is_same_v<Wanted, std::integral_constant<decltype(Fields), Fields>> ? at : found, ++at), ...);
        return found;
    }
};

/// A handle of a value that all equal values share. `Tag` keeps two kinds of names of one type apart.
template <class V, class Tag = V>
struct Interned {
    static_assert(!detail::borrows<V>, "an interned value owns what it says");

    using Value = V;

    std::uint32_t index = noIndex;

    friend constexpr auto operator<=>(const Interned &, const Interned &) = default;
};

template <class T>
inline constexpr bool isInput = false;
template <class D, auto... Fields>
inline constexpr bool isInput<Input<D, Fields...>> = true;

template <class T>
inline constexpr bool isInterned = false;
template <class V, class Tag>
inline constexpr bool isInterned<Interned<V, Tag>> = true;

template <class T>
concept InputHandle = isInput<T>;
template <class T>
concept InternedHandle = isInterned<T>;
template <class T>
concept Handle = InputHandle<T> || InternedHandle<T>;

/// `Field` is a tracked member of the input type `I`.
template <class I, auto Field>
concept TrackedField = InputHandle<I> && (I::template fieldIndex<Field>() < I::fieldCount);

} // namespace nuages::query
