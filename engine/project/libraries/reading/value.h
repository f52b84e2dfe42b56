#pragma once

#include "engine/python/syntaxtree.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace nuages::project::reading {

struct BoundMethod;
struct Class;
struct Compiler;
struct Decorator;
struct Dict;
struct Function;
struct Import;
struct Instance;
struct LibraryObject;
struct List;
struct ModuleScope;
struct Partial;
struct Registration;
struct Super;
struct TokenObject;

/// What the reader knows nothing about.
struct Unknown {
    friend bool operator==(Unknown, Unknown) = default;
};

struct NoneValue {
    friend bool operator==(NoneValue, NoneValue) = default;
};

/// A string, of which the end may be missing.
struct Text {
    enum class Rest : std::uint8_t {
        Nothing, ///< `text` is all.
        Ignored, ///< The content of a stop token: `text` is its first word, and mostly all.
        Unknown, ///< `text` is the first word, and anything may follow.
    };

    std::string text;
    Rest rest = Rest::Nothing;

    friend bool operator==(const Text &, const Text &) = default;
};

/// A function, class or module that is known by its dotted name only: one of Python's own, or one of Django's whose
/// meaning the reader has built in.
struct External {
    std::string path;

    friend bool operator==(const External &, const External &) = default;
};

/// `register.tags` or `register.filters`.
struct Table {
    enum class Kind : std::uint8_t { Tags, Filters };

    LibraryObject *library;
    Kind kind;

    friend bool operator==(const Table &, const Table &) = default;
};

/// The first argument of a tag's function.
struct ParserValue {
    friend bool operator==(ParserValue, ParserValue) = default;
};

/// `parser.tokens`.
struct ParserTokens {
    friend bool operator==(ParserTokens, ParserTokens) = default;
};

/// What an expression stands for. Pointers are into the Arena of the one Interpreter, so a value lives no longer than
/// the reading of one module.
struct Value {
    using Content =
        std::variant<Unknown, NoneValue, bool, std::int64_t, Text, List *, Dict *, Function *, Class *, Instance *,
                     ModuleScope *, LibraryObject *, Table, External, Import *, BoundMethod *, Partial *, Compiler *,
                     Decorator *, const Registration *, Super *, ParserValue, ParserTokens, TokenObject *>;

    Content content;

    Value() = default;
    template <class T>
        requires(!std::is_same_v<std::remove_cvref_t<T>, Value> && std::is_constructible_v<Content, T>)
    Value(T &&value) : content(std::forward<T>(value))
    {
    }

    template <class T>
    const T *as() const
    {
        return std::get_if<T>(&content);
    }

    /// What the pointer of that type leads to, or null.
    template <class T>
    T *object() const
    {
        const auto *pointer = std::get_if<T *>(&content);
        return pointer ? *pointer : nullptr;
    }

    bool isUnknown() const { return as<Unknown>() != nullptr; }
    bool isNone() const { return as<NoneValue>() != nullptr; }

    /// The string if all of it is known, else null.
    const std::string *text() const
    {
        const auto *text = as<Text>();
        return text && text->rest == Text::Rest::Nothing ? &text->text : nullptr;
    }

    friend bool operator==(const Value &, const Value &) = default;
};

/// The arguments of a call.
struct Arguments {
    std::vector<Value> positional;
    std::vector<std::pair<std::string, Value>> named;
    bool open = false; ///< A `*x` or `**x` that is not known may bring more.

    /// The argument called `name`, or at `position`; null if there is none.
    const Value *find(std::string_view name, std::size_t position) const;
};

} // namespace nuages::project::reading
