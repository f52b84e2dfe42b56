#pragma once

#include "engine/project/openreason.h"
#include "engine/project/project.h"
#include "engine/source/file.h"
#include "engine/template/tagshape.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::project {

/// A tag that a library registers.
struct TagFact {
    std::string name;
    std::string function; ///< Name of what compiles it; empty if that cannot be read.
    std::string module; ///< Dotted module that defines the function; empty if unknown.
    templates::TagShape shape; ///< How the function reads the template.

    friend bool operator==(const TagFact &, const TagFact &) = default;
};

/// A filter that a library registers.
struct FilterFact {
    std::string name;
    std::string function;
    std::string module;

    friend bool operator==(const FilterFact &, const FilterFact &) = default;
};

/// The tags and filters of one library. Without places, so that moving a function changes nothing that a template
/// depends on; see TagLibraryPlaces.
struct TagLibrary {
    std::vector<TagFact> tags; ///< Sorted by name; of two registrations the later one counts.
    std::vector<FilterFact> filters; ///< Likewise.

    /// Why the library may register names that are not listed. Concerns this library only.
    std::vector<OpenReason> open;

    bool exportsRegister = false; ///< The module has a `register`, or may have one.

    const TagFact *tag(std::string_view name) const; ///< Null if not listed.
    const FilterFact *filter(std::string_view name) const; ///< Null if not listed.

    friend bool operator==(const TagLibrary &, const TagLibrary &) = default;
};

/// Reads, without running it, what the module `file` registers: by decorators, by calls, in loops over literal
/// lists, through functions of the project, and from other libraries by import or copy.
///
/// A registration that cannot be read opens this library and names the line. An absent file gives an empty, open
/// library.
struct TagLibraryFacts {
    static constexpr std::string_view about = "tags and filters";

    static TagLibrary run(query::Reader &db, Project project, source::File file);
};

/// Where a tag or filter is defined.
struct RegistrationPlace {
    enum class Kind : std::uint8_t { Tag, Filter };

    Kind kind;
    std::string name;
    std::string path; ///< Absolute file of the function, or of the registration if the function is unknown.
    std::uint32_t line; ///< From 1.

    friend bool operator==(const RegistrationPlace &, const RegistrationPlace &) = default;
};

/// The places of all that TagLibraryFacts lists: tags first, each part sorted by name.
struct TagLibraryPlaces {
    static constexpr std::string_view about = "where tags are";

    static std::vector<RegistrationPlace> run(query::Reader &db, Project project, source::File file);
};

/// What both are made of.
struct TagLibraryReading {
    TagLibrary library;
    std::vector<RegistrationPlace> places;

    friend bool operator==(const TagLibraryReading &, const TagLibraryReading &) = default;
};

/// Reads a library once for both.
struct ReadTagLibrary {
    static constexpr std::string_view about = "what is registered";

    static TagLibraryReading run(query::Reader &db, Project project, source::File file);
};

} // namespace nuages::project
