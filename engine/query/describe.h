#pragma once

#include "engine/query/core.h"
#include "engine/query/handle.h"
#include "engine/query/inputtable.h"
#include "engine/query/keytable.h"

#include <algorithm>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

namespace nuages::query {

/// A short form has at most so many bytes.
inline constexpr std::size_t shortFormBytes = 120;

/// Text for people to read, in quotation marks and in one line, of at most `bytes` bytes; cut between code points, and
/// then it ends with "…".
std::string quoted(std::string_view text, std::size_t bytes = shortFormBytes);

} // namespace nuages::query

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
            return describe(core.tables.get<InputTable<T>>().rows.at(value.index).data);
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

template <class T>
inline constexpr bool isVector = false;
template <class T>
inline constexpr bool isVector<std::vector<T>> = true;

/// Whether shortForm() has anything to say of a `T`.
template <class T>
consteval bool hasShortForm()
{
    if constexpr (isOptional<T>)
        return hasShortForm<typename T::value_type>();
    else if constexpr (InternedHandle<T>)
        return hasShortForm<typename T::Value>();
    else if constexpr (InputHandle<T>)
        return Describable<typename T::Data>;
    else
        return isVector<T> || std::is_arithmetic_v<T> || std::is_convertible_v<const T &, std::string_view>
            || Describable<T>;
}

/// Makes a short form: nothing is added once it is full, so that a large value costs no more than a small one.
class ShortForm
{
public:
    explicit ShortForm(Core &core) : m_core(core) { }

    template <class T>
    void add(const T &value)
    {
        if constexpr (isOptional<T>) {
            if (value)
                add(*value);
            else
                m_text += "nothing";
        } else if constexpr (isVector<T>) {
            addList(value);
        } else if constexpr (InternedHandle<T>) {
            add(m_core.tables.get<KeyTable<typename T::Value>>()[value.index]);
        } else if constexpr (std::is_same_v<T, bool>) {
            m_text += value ? "true" : "false";
        } else if constexpr (std::is_convertible_v<const T &, std::string_view>) {
            m_text += quoted(value, room());
        } else {
            m_text += describeValue(m_core, value);
        }
    }

    /// At most `shortFormBytes`; never empty.
    std::string take() &&;

private:
    std::size_t room() const { return shortFormBytes - std::min(m_text.size(), shortFormBytes); }

    template <class T>
    void addList(const std::vector<T> &values)
    {
        m_text += values.empty() ? "none" : std::to_string(values.size());
        if constexpr (hasShortForm<T>()) {
            const char *between = ": ";
            for (const auto &value : values) {
                if (room() == 0)
                    return;
                m_text += between;
                add(value);
                between = ", ";
            }
        }
    }

    Core &m_core;
    std::string m_text;
};

/// The value of a query as people read it: text in quotation marks, lists by their number and first parts, else what
/// `describe()` beside the type says. Empty if nothing is said of its type.
template <class T>
std::string shortForm(Core &core, const T &value)
{
    if constexpr (hasShortForm<T>()) {
        ShortForm form(core);
        form.add(value);
        return std::move(form).take();
    } else {
        return {};
    }
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
            return pathOf(core.tables.get<InputTable<T>>().rows.at(value.index).data);
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
