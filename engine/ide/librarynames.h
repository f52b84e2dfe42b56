#pragma once

#include "engine/ide/origin.h"
#include "engine/project/libraries/taglibrary.h"
#include "engine/project/project.h"

#include <string>
#include <string_view>
#include <vector>

namespace nuages::ide {

/// A tag or filter that a load brings in.
struct LibraryTagOrFilter {
    using Kind = project::RegistrationPlace::Kind;

    Kind kind = Kind::Tag;
    std::string name;
    std::string library;
    Origin origin = Origin::Own;
    std::string closer; ///< Of a tag with a body: the word that ends it.
    bool isDjangos = false; ///< Django itself brings it along.

    friend bool operator==(const LibraryTagOrFilter &, const LibraryTagOrFilter &) = default;
};

/// All that the project's libraries register, those of the builtins left out. The project's own first, then by name,
/// then by library.
struct LibraryNames {
    static constexpr std::string_view about = "all tags to load";

    static std::vector<LibraryTagOrFilter> run(query::Reader &db, project::Project project);
};

} // namespace nuages::ide
