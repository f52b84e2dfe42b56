#pragma once

#include "engine/query/handle.h"
#include "engine/query/hash.h"

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace nuages::query::detail {

template <class T>
std::size_t hashKey(const T &value);

/// A hash of two numbers or hashes, in this order: one multiplication.
inline std::size_t joinHash(std::size_t a, std::size_t b) { return fold(a ^ seedOfAllHashes ^ oddA, b ^ oddB); }

template <class T>
inline constexpr bool isSequence = false;
template <class T>
inline constexpr bool isSequence<std::vector<T>> = true;
template <class T>
inline constexpr bool isTuple = false;
template <class... T>
inline constexpr bool isTuple<std::tuple<T...>> = true;
template <class A, class B>
inline constexpr bool isTuple<std::pair<A, B>> = true;
template <class T>
inline constexpr bool isOptional = false;
template <class T>
inline constexpr bool isOptional<std::optional<T>> = true;
template <class T>
inline constexpr bool isVariant = false;
template <class... T>
inline constexpr bool isVariant<std::variant<T...>> = true;

template <class T>
inline constexpr bool isNumber = std::is_integral_v<T> || std::is_enum_v<T> || Handle<T>;

/// What a part of a key gives to its hash: a number itself, or the hash of anything else.
template <class T>
std::size_t wordOf(const T &part)
{
    if constexpr (Handle<T>)
        return part.index;
    else if constexpr (isNumber<T>)
        return static_cast<std::size_t>(part);
    else
        return hashKey(part);
}

template <class First>
std::size_t hashOfParts(const First &first)
{
    return hashKey(first);
}
template <class First, class Second, class... More>
std::size_t hashOfParts(const First &first, const Second &second, const More &...more)
{
    std::size_t hash = joinHash(wordOf(first), wordOf(second));
    ((hash = joinHash(hash, wordOf(more))), ...);
    return hash;
}

/// The hash of a key or an interned value. For your own types: a `std::size_t hashValue(const T &)` beside the type.
/// A std::string and a view of the same bytes have the same hash.
template <class T>
std::size_t hashKey(const T &value)
{
    if constexpr (std::is_convertible_v<const T &, std::string_view>) {
        return seededHash(std::string_view(value));
    } else if constexpr (isNumber<T>) {
        return seededHash(std::uint64_t(wordOf(value)));
    } else if constexpr (isSequence<T>) {
        std::size_t hash = seededHash(std::uint64_t(value.size()));
        for (const auto &element : value)
            hash = joinHash(hash, hashKey(element));
        return hash;
    } else if constexpr (isTuple<T>) {
        return std::apply([](const auto &...parts) { return hashOfParts(parts...); }, value);
    } else if constexpr (isOptional<T>) {
        return value ? hashKey(*value) : seededHash(std::uint64_t(0));
    } else if constexpr (isVariant<T>) {
        return joinHash(value.index(), std::visit([](const auto &held) { return hashKey(held); }, value));
    } else {
        static_assert(std::equality_comparable<T>, "an interned value is looked up: its type needs an operator==");
        static_assert(
            requires { hashValue(value); },
            "a key or interned value of a type of your own needs a std::size_t hashValue(const T &) beside it");
        return hashValue(value);
    }
}

} // namespace nuages::query::detail
