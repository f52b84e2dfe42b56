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

inline std::size_t joinHash(std::size_t a, std::size_t b) { return seededHash(a * 31 + b); }

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

/// The hash of a key or an interned value. For your own types: a `std::size_t hashValue(const T &)` beside the type.
/// A std::string and a view of the same bytes have the same hash.
template <class T>
std::size_t hashKey(const T &value)
{
    if constexpr (std::is_convertible_v<const T &, std::string_view>) {
        return seededHash(std::string_view(value));
    } else if constexpr (std::is_integral_v<T> || std::is_enum_v<T>) {
        return seededHash(static_cast<std::uint64_t>(value));
    } else if constexpr (Handle<T>) {
        return seededHash(std::uint64_t(value.index));
    } else if constexpr (isSequence<T>) {
        std::size_t hash = seededHash(std::uint64_t(value.size()));
        for (const auto &element : value)
            hash = joinHash(hash, hashKey(element));
        return hash;
    } else if constexpr (isTuple<T>) {
        return std::apply(
            [](const auto &...elements) {
                std::size_t hash = seededHash(std::uint64_t(sizeof...(elements)));
                ((hash = joinHash(hash, hashKey(elements))), ...);
                return hash;
            },
            value);
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
