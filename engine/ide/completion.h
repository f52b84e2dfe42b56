#pragma once

#include "engine/ide/loadedit.h"
#include "engine/ide/view.h"
#include "engine/source/range.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace nuages::ide {

/// Something that could stand at a place of a template.
struct Completion {
    enum class Kind : std::uint8_t { Tag, Closer, Filter, Library, Template, Block, Keyword, Variable };

    Kind kind = Kind::Tag;
    std::string text; ///< What is shown, and what a person types.
    std::string insert; ///< What is put into the template if that is not `text`, such as a name in quotes.
    std::string detail; ///< Where it is from: a path, the tag that binds it; empty if there is nothing to say.
    std::string library; ///< Of a tag or filter: what brings it in; empty for a builtin.
    std::optional<Insertion> load; ///< The load that it needs and that is not there.

    /// Of a tag or middle: what follows its name, as usageOf() has it; nullopt if that is not known. Of a filter: its
    /// argument, if it must have one.
    std::optional<std::string> usage;
    std::string closer; ///< Of a tag with a body: the word that ends it and is not there yet.

    friend bool operator==(const Completion &, const Completion &) = default;
};

struct Completions {
    /// Most that are given at once, so that a large project costs no more than a small one.
    static constexpr std::size_t limit = 200;

    source::Range replaces; ///< The word that was begun; it ends at the asked offset.
    std::uint32_t wordEnd = 0; ///< Where the word ends that the offset stands in.
    std::uint32_t tagEnd = 0; ///< Where the tag ends, if nothing but its end follows on the offset; else the offset.
    std::string before; ///< A blank that is missing in front of the word.
    std::string after; ///< What is missing behind the word: a quote, a blank, the tag's end.
    bool isNarrowed = false; ///< There is more that does not begin with, or hold, what was typed.
    std::vector<Completion> items; ///< What is likeliest first.
};

/// What Django would take at byte `offset`.
///
/// In a `{%` the tags in force there, first what closes or continues the innermost open tag, last what needs a load; in
/// the body of a comment and the like only what closes it. After `|` the filters; in a load the libraries, or what the
/// library behind `from` has; in an include or extends the templates, the project's own first; after `endblock` and
/// `block` the names of blocks; elsewhere in a tag its keywords and the variables that the template binds itself.
/// Empty in texts and comments.
Completions complete(const View &view, std::uint32_t offset);

} // namespace nuages::ide
