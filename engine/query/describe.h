#pragma once

#include "engine/query/core.h"
#include "engine/query/handle.h"
#include "engine/query/inputtable.h"
#include "engine/query/keytable.h"

#include <concepts>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>

namespace nuages::query::detail {

/// A type with a `describe(const T &)` beside it, for people to read.
template <class T>
concept Describable = requires(const T &value) {
    { describe(value) } -> std::convertible_to<std::string>;
};

/// A key as people read it: text as it is, handles by what they stand for, numbers as digits, an input without a
/// describe() of its own as "#3".
template <class T>
std::string describeValue(Core &core, const T &value)
{
    if constexpr (std::is_convertible_v<const T &, std::string_view>) {
        return std::string(std::string_view(value));
    } else if constexpr (std::is_enum_v<T>) {
        return std::to_string(static_cast<std::underlying_type_t<T>>(value));
    } else if constexpr (std::is_arithmetic_v<T>) {
        return std::to_string(value);
    } else if constexpr (InputHandle<T>) {
        if constexpr (Describable<typename T::Data>)
            return describe(core.tables.get<InputTable<T>>().rows[value.index].data);
        else
            return "#" + std::to_string(value.index);
    } else if constexpr (InternedHandle<T>) {
        return describeValue(core, core.tables.get<KeyTable<typename T::Value>>()[value.index]);
    } else if constexpr (Describable<T>) {
        return describe(value);
    } else {
        return "?";
    }
}

/// What there is but one of says nothing by its name, so the describe() of a handle may be empty and is left out.
template <class... T>
std::string describeValues(Core &core, const std::tuple<T...> &values)
{
    return std::apply(
        [&core](const T &...each) {
            std::string text;
            [[maybe_unused]] const auto add = [&](const std::string &part, bool isHandle) {
                if (!part.empty() || !isHandle)
                    text += (text.empty() ? "" : ", ") + part;
            };
            (add(describeValue(core, each), Handle<T>), ...);
            return text;
        },
        values);
}

/// A type with a `pathOf(const T &)` beside it: the absolute path of the file that it stands for.
template <class T>
concept Located = requires(const T &value) {
    { pathOf(value) } -> std::convertible_to<std::string>;
};

/// The path of the file that a key names; empty if it names none.
template <class T>
std::string pathOfValue(Core &core, const T &value)
{
    if constexpr (InputHandle<T>) {
        if constexpr (Located<typename T::Data>)
            return pathOf(core.tables.get<InputTable<T>>().rows[value.index].data);
    }
    return {};
}

/// The path of the first part that names a file.
template <class... T>
std::string pathOfValues(Core &core, const std::tuple<T...> &values)
{
    return std::apply(
        [&core](const T &...each) {
            std::string path;
            (void)(... || !(path = pathOfValue(core, each)).empty());
            return path;
        },
        values);
}

} // namespace nuages::query::detail
