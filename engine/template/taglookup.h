#pragma once

#include "engine/template/tagshape.h"

#include <cstdint>
#include <string_view>

namespace nuages::templates {

/// What the builder of a structure asks about tags: it knows how tags nest, its caller knows which exist.
class TagLookup
{
public:
    struct Answer {
        enum class Status : std::uint8_t {
            Known, ///< A tag of that name is in force there.
            Unknown, ///< None is, and the inventory is closed: Django rejects the tag.
            Open, ///< None was found, but something that could not be read may provide one.
        };

        Status status = Status::Unknown;

        /// How the tag reads the file. Always set if Known. Otherwise set when the name suggests one tag (of a library
        /// that was not loaded, say), so that its body causes no further problems; nullptr if nothing is known. Must
        /// live as long as the look-up.
        const TagShape *shape = nullptr;
    };

    TagLookup() = default;
    TagLookup(const TagLookup &) = delete;
    TagLookup &operator=(const TagLookup &) = delete;
    virtual ~TagLookup() = default;

    /// The tag `name` at byte `position`; loads act from where they stand to the end of the file.
    virtual Answer find(std::string_view name, std::uint32_t position) const = 0;

    /// Whether `word` ends or continues some tag, in force or not. An orphan of such a word is a structure problem; any
    /// other unknown word is an unknown tag.
    virtual bool isStopWord(std::string_view word) const = 0;
};

} // namespace nuages::templates
