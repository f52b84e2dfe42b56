#pragma once

#include "engine/template/syntax.h"
#include "engine/template/taglookup.h"

#include <cstdint>
#include <string>
#include <vector>

namespace nuages::templates {

inline constexpr std::uint32_t noToken = 0xffffffff;
inline constexpr std::uint32_t noShape = 0xffffffff;

/// What one token is in its template. Tokens are named by their index in `TemplateSyntax::tokens()`.
struct Place {
    enum class Role : std::uint8_t {
        Text, ///< Text, or a comment in braces.
        Variable, ///< A variable that Django compiles.
        Tag, ///< Alone, or the opener of a block. With a status other than Known: would be one if it existed.
        Middle, ///< `else`, `empty`, `plural`, …
        Closer,
        Skipped, ///< In a comment block or the like: never compiled, not even looked up.
        Message, ///< Text or variable of a blocktranslate: part of the message, never compiled.
        Orphan, ///< A stop word that fits nowhere; the problem says more.
        Unknown, ///< No tag of that name, and no stop word either.
        Unclear, ///< No tag of that name, but it may belong to an open tag of unknown shape.
    };

    Role role = Role::Text;
    TagLookup::Answer::Status status = TagLookup::Answer::Status::Known; ///< Of a Tag or Unknown.

    /// An earlier tag of unknown shape may skip this token as a comment would. Whatever is wrong with the token then
    /// need not be an error.
    bool doubtful = false;

    std::uint32_t shape = noShape; ///< Of a Tag: its index in `Structure::shapes`; noShape if nothing is known of it.
    std::uint32_t parent = noToken; ///< The innermost open tag around the token; of a Middle or Closer its opener.
    std::uint32_t closer = noToken; ///< Of a tag with a body: where it ends, if it does.

    friend bool operator==(const Place &, const Place &) = default;
};

/// A place where the nesting of tags is wrong.
struct StructureProblem {
    enum class Kind : std::uint8_t {
        Unclosed, ///< The tag's body runs to the end of the file.
        Unmatched, ///< A middle or closer without opener, or while another tag is open.
        Malformed, ///< The right word with a rest that it must not have: `{% else x %}`, a wrong block name.
        Inside, ///< A tag or comment inside a blocktranslate, which allows none. Django blames the opener.
        Empty, ///< `{% %}` or `{{ }}`.
    };

    Kind kind = Kind::Unclosed;
    std::uint32_t token = noToken; ///< Where to point: the opener if Unclosed, else the token that is wrong.
    std::uint32_t opener = noToken; ///< The innermost open tag, if there is one.
    std::vector<std::string> expected; ///< What Django would take here, in Django's order.

    friend bool operator==(const StructureProblem &, const StructureProblem &) = default;
};

/// The nesting of a template: one place for each token, and what is wrong, in order of `token`.
///
/// A value: it owns the shapes that its places name, and knows no offsets, so that an edit inside a text leaves it
/// equal.
struct Structure {
    std::vector<Place> places;
    std::vector<StructureProblem> problems;
    std::vector<TagShape> shapes; ///< Of the tags, in the order in which they come first.

    /// How the tag at the token of this index reads the template; nullptr if nothing is known of that.
    const TagShape *shapeOf(std::uint32_t token) const;

    friend bool operator==(const Structure &, const Structure &) = default;
};

/// Nests the tokens of `syntax` as Django's parser would, and goes on after each mistake so that one mistake gives one
/// problem where that can be told.
///
/// A tag of unknown shape may have any body. From there on, problems that such a body would explain are not reported;
/// all others are. Iterative, and linear in the number of tokens but for the depth of a wrong closer.
Structure buildStructure(const TemplateSyntax &syntax, const TagLookup &lookup);

} // namespace nuages::templates
