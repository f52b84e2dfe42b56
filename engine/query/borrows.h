#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <initializer_list>
#include <ranges>
#include <type_traits>

namespace nuages::query::detail {

template <class T>
struct Borrows;

/// Whether a `T` refers to something that it does not own: a pointer, a reference, a view, or a type made of one, such
/// as a vector of views, at any depth of template arguments. What a struct of the user's own holds cannot be seen.
template <class T>
inline constexpr bool borrows = Borrows<std::remove_cv_t<T>>::value;

template <class T>
inline constexpr bool isBorrowed =
    std::is_pointer_v<T> || std::is_reference_v<T> || std::ranges::enable_borrowed_range<T>;

template <class T>
struct Borrows : std::bool_constant<isBorrowed<T>> {
};
template <template <class...> class Made, class... Of>
struct Borrows<Made<Of...>> : std::bool_constant<isBorrowed<Made<Of...>> || (borrows<Of> || ...)> {
};
template <class T, std::size_t N>
struct Borrows<std::array<T, N>> : std::bool_constant<borrows<T>> {
};
template <class T, std::size_t N>
struct Borrows<T[N]> : std::bool_constant<borrows<T>> {
};
template <class T>
struct Borrows<std::reference_wrapper<T>> : std::true_type {
};
template <class T>
struct Borrows<std::initializer_list<T>> : std::true_type {
};

} // namespace nuages::query::detail
