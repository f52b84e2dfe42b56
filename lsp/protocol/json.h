#pragma once

#include <boost/describe/class.hpp>
#include <boost/describe/members.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <boost/mp11/algorithm.hpp>

#include <cmath>
#include <concepts>
#include <cstdint>
#include <expected>
#include <format>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace nuages::protocol {

/// What keeps a JSON value from being a typed one.
struct DecodeError {
    std::string pointer; ///< JSON pointer to the member, "" for the value itself.
    std::string text; ///< What is wrong there.

    friend bool operator==(const DecodeError &, const DecodeError &) = default;
};

/// Turns JSON into the C++ type of the same shape and back.
///
/// A struct described to Boost.Describe is an object whose members have the same names. A `std::optional` member may be
/// missing or null, and is left out when empty; every other member must be there. Members that the struct does not have
/// are skipped, since newer clients send more. Integers may be written as 1.0. An enumeration is its number.
template <class T>
struct Json;

template <class T>
[[nodiscard]] std::expected<T, DecodeError> fromJson(const boost::json::value &value)
{
    return Json<T>::read(value);
}

template <class T>
boost::json::value toJson(const T &value)
{
    return Json<T>::write(value);
}

template <>
struct Json<boost::json::value> {
    static std::expected<boost::json::value, DecodeError> read(const boost::json::value &value) { return value; }
    static boost::json::value write(const boost::json::value &value) { return value; }
};

template <>
struct Json<bool> {
    static std::expected<bool, DecodeError> read(const boost::json::value &value)
    {
        if (const bool *truth = value.if_bool())
            return *truth;
        return std::unexpected(DecodeError{"", "must be true or false"});
    }
    static boost::json::value write(bool value) { return value; }
};

template <std::integral T>
struct Json<T> {
    static std::expected<T, DecodeError> read(const boost::json::value &value)
    {
        if (const std::int64_t *number = value.if_int64(); number && std::in_range<T>(*number))
            return static_cast<T>(*number);
        constexpr double exact = 9007199254740992.0; // 2^53: from there on doubles skip integers
        if (const double *number = value.if_double(); number && *number == std::trunc(*number)
            && std::abs(*number) < exact && std::in_range<T>(static_cast<std::int64_t>(*number)))
            return static_cast<T>(*number);
        return std::unexpected(DecodeError{"", "must be an integer in range"});
    }
    static boost::json::value write(T value) { return static_cast<std::int64_t>(value); }
};

template <class T>
    requires std::is_enum_v<T>
struct Json<T> {
    static std::expected<T, DecodeError> read(const boost::json::value &value)
    {
        return Json<std::underlying_type_t<T>>::read(value).transform(
            [](auto number) { return static_cast<T>(number); });
    }
    static boost::json::value write(T value) { return static_cast<std::int64_t>(value); }
};

template <>
struct Json<std::string> {
    static std::expected<std::string, DecodeError> read(const boost::json::value &value)
    {
        if (const auto *text = value.if_string())
            return std::string(*text);
        return std::unexpected(DecodeError{"", "must be a string"});
    }
    static boost::json::value write(const std::string &value) { return boost::json::value(value); }
};

template <class T>
struct Json<std::optional<T>> {
    static std::expected<std::optional<T>, DecodeError> read(const boost::json::value &value)
    {
        if (value.is_null())
            return std::nullopt;
        return Json<T>::read(value).transform([](T &&found) { return std::optional<T>(std::move(found)); });
    }
    static boost::json::value write(const std::optional<T> &value)
    {
        return value ? Json<T>::write(*value) : boost::json::value();
    }
};

template <class T>
struct Json<std::vector<T>> {
    static std::expected<std::vector<T>, DecodeError> read(const boost::json::value &value)
    {
        const boost::json::array *array = value.if_array();
        if (!array)
            return std::unexpected(DecodeError{"", "must be an array"});
        std::vector<T> items;
        items.reserve(array->size());
        for (std::size_t i = 0; i < array->size(); ++i) {
            auto item = Json<T>::read((*array)[i]);
            if (!item)
                return std::unexpected(DecodeError{std::format("/{}{}", i, item.error().pointer), item.error().text});
            items.push_back(std::move(*item));
        }
        return items;
    }
    static boost::json::value write(const std::vector<T> &items)
    {
        boost::json::array array;
        array.reserve(items.size());
        for (const T &item : items)
            array.push_back(Json<T>::write(item));
        return array;
    }
};

/// One of two shapes; the first that fits is taken.
template <class First, class Second>
struct Json<std::variant<First, Second>> {
    using Either = std::variant<First, Second>;

    static std::expected<Either, DecodeError> read(const boost::json::value &value)
    {
        if (auto first = Json<First>::read(value))
            return std::move(*first);
        return Json<Second>::read(value).transform([](Second &&second) { return Either(std::move(second)); });
    }
    static boost::json::value write(const Either &value)
    {
        return std::visit([](const auto &shape) { return toJson(shape); }, value);
    }
};

namespace detail {
template <class T>
inline constexpr bool isOptional = false;
template <class T>
inline constexpr bool isOptional<std::optional<T>> = true;
template <class T>
using MembersOf = boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;
} // namespace detail

template <class T>
    requires boost::describe::has_describe_members<T>::value
struct Json<T> {
    static std::expected<T, DecodeError> read(const boost::json::value &value)
    {
        const boost::json::object *object = value.if_object();
        if (!object)
            return std::unexpected(DecodeError{"", "must be an object"});
        T result{};
        std::optional<DecodeError> error;
        boost::mp11::mp_for_each<detail::MembersOf<T>>([&](auto member) {
            using Member = std::remove_cvref_t<decltype(result.*member.pointer)>;
            if (error)
                return;
            const boost::json::value *found = object->if_contains(member.name);
            if (!found) {
                if (!detail::isOptional<Member>)
                    error = DecodeError{std::format("/{}", member.name), "is missing"};
                return;
            }
            if (auto read = Json<Member>::read(*found))
                result.*member.pointer = std::move(*read);
            else
                error = DecodeError{std::format("/{}{}", member.name, read.error().pointer), read.error().text};
        });
        if (error)
            return std::unexpected(std::move(*error));
        return result;
    }

    static boost::json::value write(const T &value)
    {
        boost::json::object object;
        object.reserve(boost::mp11::mp_size<detail::MembersOf<T>>::value);
        boost::mp11::mp_for_each<detail::MembersOf<T>>([&](auto member) {
            const auto &field = value.*member.pointer;
            if constexpr (detail::isOptional<std::remove_cvref_t<decltype(field)>>) {
                if (field)
                    object[member.name] = toJson(*field);
            } else {
                object[member.name] = toJson(field);
            }
        });
        return object;
    }
};

} // namespace nuages::protocol
