#pragma once

#include "engine/template/structure.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace nuages::templates {

/// A tag of which it is not known whether it has a body, and where that would end.
struct OpaqueTag {
    std::string_view name;
    bool exists = false; ///< False if no such tag exists, so that the template is wrong whatever follows.
    bool outlived = false; ///< The tag around it was closed while it may still have been open.
};

/// A tag whose body is being read.
struct OpenTag {
    std::uint32_t opener = noToken;
    const TagShape *shape = nullptr; ///< nullptr for the template as a whole.
    std::uint8_t section = 0;
    bool blamed = false; ///< A problem inside named this tag already.
    bool lacksOpener = false; ///< An orphan middle stands in this body, and no orphan closer since.
    bool insideOpaque = false; ///< An existing opaque tag stands before the opener, in this body or further out.
    bool doubtful = false; ///< It may have ended, or never begun: it was skipped, or its closer was taken elsewhere.
    bool holdsOpaque = false; ///< One of `opaques` exists.
    std::vector<OpaqueTag> opaques; ///< Those of this body so far.

    TagShape::Body body() const { return shape ? shape->body : TagShape::Body::Rest; }
    const TagShape::Section &stops() const;
    const StopWord *stop(std::string_view word) const;
};

/// The tags that are open at one place of a template, innermost last; the first one is the template itself.
///
/// Knows nothing of tokens beyond their numbers, and reports nothing: structure.cpp does.
class OpenTags
{
public:
    OpenTags() : m_tags(1) { }

    OpenTag &top() { return m_tags.back(); }
    const OpenTag &top() const { return m_tags.back(); }
    const OpenTag &operator[](std::size_t index) const { return m_tags[index]; }
    std::size_t size() const { return m_tags.size(); } ///< At least 1.
    std::vector<const TagShape *> shapes() const;

    void open(std::uint32_t opener, const TagShape &shape, std::uint8_t section);

    /// Ends all tags above `index`. Opaque tags in them may have taken a closer for their own, so they stay suspect.
    void dropAbove(std::size_t index);

    /// The innermost tag that stops at `word` in some section, not only in the present one.
    std::optional<std::size_t> ownerOf(std::string_view word) const;

    void addOpaque(std::string_view name, bool exists);

    /// Whether an existing opaque tag may still be open here.
    bool mayBeInsideOpaque() const { return top().insideOpaque || top().holdsOpaque; }

    /// Ends the innermost opaque tag whose closer is called `closer` by the usual rule, and what was opened inside.
    /// False if there is none.
    bool endOpaque(std::string_view closer);

    /// Any of the opaque tags may have ended: the tags opened after them may have been part of their bodies.
    void doubtAllInsideOpaque();

    /// Tags of `shape` may have been closed by what seemed to close another one.
    void doubt(const TagShape *shape);

private:
    std::size_t &count(const TagShape *shape);

    std::vector<OpenTag> m_tags; // Invariant: never empty.
    std::vector<std::pair<const TagShape *, std::size_t>> m_counts; // How many of m_tags have each shape.
};

} // namespace nuages::templates
