#pragma once

#include "engine/query/handle.h"

#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace nuages::query {

/// Specialise as true for a type of your own to promise that it owns everything it refers to: without that it is no
/// argument of a task.
template <class T>
inline constexpr bool enableSendable = false;

namespace detail {

template <class T>
struct OwnsAll : std::bool_constant<std::is_arithmetic_v<T> || std::is_enum_v<T> || Handle<T> || enableSendable<T>> {
};
template <>
struct OwnsAll<std::string> : std::true_type {
};
template <class T>
struct OwnsAll<std::vector<T>> : OwnsAll<T> {
};
template <class T>
struct OwnsAll<std::optional<T>> : OwnsAll<T> {
};
template <class T>
struct OwnsAll<std::unique_ptr<T>> : OwnsAll<T> {
};
template <class T>
struct OwnsAll<std::shared_ptr<const T>> : std::true_type {
};
template <class A, class B>
struct OwnsAll<std::pair<A, B>> : std::conjunction<OwnsAll<A>, OwnsAll<B>> {
};
template <class... T>
struct OwnsAll<std::tuple<T...>> : std::conjunction<OwnsAll<T>...> {
};

} // namespace detail

/// May be an argument of task(): a value that owns what it refers to, or a handle. Never a Reader, a reference, a
/// view or a raw pointer, all of which would tie two threads together.
template <class T>
concept Sendable = std::is_object_v<T> && detail::OwnsAll<T>::value;

} // namespace nuages::query
