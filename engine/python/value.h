#pragma once

#include "engine/python/openreason.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace nuages::python {

/// Where a value was written: a file by its number in the evaluation, and a line from 1.
struct Place {
    std::uint32_t file = 0;
    std::uint32_t line = 0;

    friend bool operator==(const Place &, const Place &) = default;
};

/// Which object of the Heap: lists, dictionaries and the like, which have an identity and can change.
enum class ObjectId : std::uint32_t { };

/// Stands in the form of a text for a part that is not known. In no name of a file or module.
constexpr char hole = '\0';

/// What an expression was found to be, without running it.
///
/// A value is known (None, a truth value, an integer, text, a path, an object of the heap), or one of several
/// alternatives, or unknown for a reason. A Symbol stands in between: a thing outside the project that is known by
/// its dotted name only, such as `os.path.join` or the result of `platform.node()`.
///
/// A value keeps the place it was written at, which takes no part in comparison.
struct Value {
    struct Unknown {
        std::shared_ptr<const OpenReason> reason;
        /// Of a text of which some parts are known, with a `hole` in place of each other; null: nothing is known.
        std::shared_ptr<const std::string> form = nullptr;
        friend bool operator==(const Unknown &left, const Unknown &right)
        {
            return (left.reason == right.reason || *left.reason == *right.reason)
                && (left.form == right.form || (left.form && right.form && *left.form == *right.form));
        }
    };
    struct File { ///< an open file, and the text that is read from it
        std::shared_ptr<const std::string> path;
        friend bool operator==(const File &left, const File &right) { return *left.path == *right.path; }
    };
    struct None {
        friend bool operator==(None, None) = default;
    };
    struct Text {
        std::shared_ptr<const std::string> text;
        friend bool operator==(const Text &left, const Text &right) { return *left.text == *right.text; }
    };
    struct Path { ///< a pathlib.Path
        std::shared_ptr<const std::string> text;
        friend bool operator==(const Path &left, const Path &right) { return *left.text == *right.text; }
    };
    struct Symbol {
        std::shared_ptr<const std::string> name;
        friend bool operator==(const Symbol &left, const Symbol &right) { return *left.name == *right.name; }
    };
    struct Imported { ///< a name of a module that is looked up when it is first used
        ObjectId module;
        std::shared_ptr<const std::string> name;
        friend bool operator==(const Imported &left, const Imported &right)
        {
            return left.module == right.module && *left.name == *right.name;
        }
    };
    struct Alternatives { ///< two or more, all different, none of them Alternatives
        std::shared_ptr<const std::vector<Value>> values;
        friend bool operator==(const Alternatives &left, const Alternatives &right)
        {
            return *left.values == *right.values;
        }
    };

    std::variant<None, bool, std::int64_t, Text, Path, ObjectId, Symbol, Imported, File, Unknown, Alternatives> data;
    Place place;

    static Value none(Place place) { return {None{}, place}; }
    static Value truth(bool value, Place place) { return {value, place}; }
    static Value integer(std::int64_t value, Place place) { return {value, place}; }
    static Value text(std::string value, Place place) { return {Text{share(std::move(value))}, place}; }
    static Value path(std::string value, Place place) { return {Path{share(std::move(value))}, place}; }
    static Value object(ObjectId id, Place place) { return {id, place}; }
    static Value symbol(std::string name, Place place) { return {Symbol{share(std::move(name))}, place}; }
    static Value file(std::string path, Place place) { return {File{share(std::move(path))}, place}; }
    static Value unknown(OpenReason reason, Place place)
    {
        return {Unknown{std::make_shared<const OpenReason>(std::move(reason))}, place};
    }

    const std::string *asText() const
    {
        const auto *text = std::get_if<Text>(&data);
        return text ? text->text.get() : nullptr;
    }
    const std::string *asPath() const
    {
        const auto *path = std::get_if<Path>(&data);
        return path ? path->text.get() : nullptr;
    }
    /// Text or path: what a file function takes.
    const std::string *asFileName() const { return asText() ? asText() : asPath(); }
    const std::string *asSymbol() const
    {
        const auto *symbol = std::get_if<Symbol>(&data);
        return symbol ? symbol->name.get() : nullptr;
    }
    const std::string *asFile() const
    {
        const auto *file = std::get_if<File>(&data);
        return file ? file->path.get() : nullptr;
    }
    const std::string *asForm() const
    {
        const auto *unknown = std::get_if<Unknown>(&data);
        return unknown ? unknown->form.get() : nullptr;
    }
    const OpenReason *asUnknown() const
    {
        const auto *unknown = std::get_if<Unknown>(&data);
        return unknown ? unknown->reason.get() : nullptr;
    }
    std::optional<ObjectId> asObject() const
    {
        const auto *id = std::get_if<ObjectId>(&data);
        return id ? std::optional(*id) : std::nullopt;
    }
    /// An integer or, as in Python, a truth value as 0 or 1.
    std::optional<std::int64_t> asInteger() const
    {
        if (const bool *truth = std::get_if<bool>(&data))
            return *truth ? 1 : 0;
        const auto *number = std::get_if<std::int64_t>(&data);
        return number ? std::optional(*number) : std::nullopt;
    }
    bool isNone() const { return std::holds_alternative<None>(data); }

    /// The value was read in full; an object may still hold parts that were not.
    bool isKnown() const { return !asUnknown() && !asSymbol() && !std::holds_alternative<Alternatives>(data); }

    /// Places are not compared: 1 is 1 wherever it is written.
    friend bool operator==(const Value &left, const Value &right) { return left.data == right.data; }

private:
    static std::shared_ptr<const std::string> share(std::string text)
    {
        return std::make_shared<const std::string>(std::move(text));
    }
};

class Heap;

/// What `value`, which is known, is instead of what was needed: "a number stands here, which is not followed".
std::string unexpected(const Value &value, const Heap &heap);

/// The alternatives of `value`, in order: itself alone if it is none.
std::vector<Value> alternativesOf(const Value &value);

/// One value that may be any of `values`; duplicates are dropped. `values` must not be empty.
/// Beyond 16 alternatives the rest is dropped in favour of an unknown one at `place`, so that products stay small.
Value oneOf(const std::vector<Value> &values, const OpenReason &tooMany);

} // namespace nuages::python
