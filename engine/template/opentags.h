#pragma once

#include "engine/query/hash.h"
#include "engine/template/structure.h"

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace nuages::templates {

/// A tag of which it is not known whether it has a body, and where that would end.
struct OpaqueTag {
    std::string_view name; ///< Empty: it stands for some that nothing ends for certain.
    std::size_t depth = 0; ///< The index of the tag that was innermost where it stands.
    std::size_t existing = 0; ///< How many up to this one exist. If this does not, the template is wrong anyway.
};

/// A tag whose body is being read.
struct OpenTag {
    std::uint32_t opener = noToken;
    const TagShape *shape = nullptr; ///< nullptr for the template as a whole.
    std::uint8_t section = 0;
    bool anySection = false; ///< It is wrong itself, so that it is not known which part its body starts with.
    bool blamed = false; ///< A problem inside named this tag already.
    bool lacksOpener = false; ///< An orphan middle stands in this body, and no orphan closer since.
    bool insideOpaque = false; ///< An existing opaque tag stands before the opener, in this body or further out.
    bool doubtful = false; ///< It may have ended, or never begun: it was skipped, or its closer was taken elsewhere.
    bool doubtedWithOuter = false; ///< And so were all tags around it that are inside an opaque one.
    bool doubtedWithShape = false; ///< And so were all tags around it that have its shape.
    std::size_t firstOpaque = 0; ///< How many opaque tags stand before the opener and may be open there.

    TagShape::Body body() const { return shape ? shape->body : TagShape::Body::Rest; }
    const TagShape::Section &stops() const;
    const StopWord *stop(std::string_view word) const;
};

/// The tags that are open at one place of a template, innermost last; the first one is the template itself.
///
/// Knows nothing of tokens beyond their numbers, and reports nothing: structure.cpp does. No operation looks at more
/// tags than it ends or doubts for the first time, so that a template is read in linear time however deep it nests.
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

    /// The same where the tags above may still be open, for all that is known.
    void dropDoubtful(std::size_t index);

    /// Whether `word` may belong to a tag that was dropped as doubtful.
    bool mayBelongToDropped(std::string_view word) const;

    /// The innermost tag that stops at `word` in some section, not only in the present one.
    std::optional<std::size_t> ownerOf(std::string_view word) const;

    void addOpaque(std::string_view name, bool exists);

    bool topHoldsOpaque() const { return m_opaques.size() > top().firstOpaque; } ///< In its own body, so far.
    bool topHoldsExisting() const; ///< One that exists.

    /// Whether an existing opaque tag may still be open here.
    bool mayBeInsideOpaque() const { return top().insideOpaque || topHoldsExisting(); }

    /// Whether an existing opaque tag called `name` may still be open here.
    bool isOpaqueOpen(std::string_view name);

    /// Ends the innermost opaque tag whose closer is called `closer` by the usual rule, and what was opened inside.
    /// False if there is none.
    bool endOpaque(std::string_view closer);

    /// Any of the opaque tags may have ended: the tags opened after them may have been part of their bodies.
    void doubtAllInsideOpaque();

    /// Tags of `shape` may have been closed by what seemed to close another one.
    void doubt(const TagShape *shape);

private:
    std::vector<std::size_t> &indicesOf(const TagShape *shape);
    std::size_t existingBefore(std::size_t opaque) const;

    /// The tag in whose body the opaque tag stands now.
    std::size_t holderOf(std::size_t opaque) const;

    /// The innermost opaque tag called `name` in a body that has not ended since; forgets those that ended.
    std::optional<std::size_t> innermostOpaque(std::string_view name);

    std::vector<OpenTag> m_tags; // Invariant: never empty; `firstOpaque` never falls.
    std::vector<std::pair<const TagShape *, std::vector<std::size_t>>> m_byShape; // Indices of m_tags, rising.
    std::vector<OpaqueTag> m_opaques; // In the order of the text; of m_tags[i] those from its firstOpaque on.
    boost::unordered_flat_map<std::string_view, std::vector<std::size_t>, query::SeededHash> m_byName; // Of m_opaques.
    std::vector<const TagShape *> m_dropped; // Shapes of tags that were dropped as doubtful, each once.
};

} // namespace nuages::templates
