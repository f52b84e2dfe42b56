#pragma once

#include "engine/project/libraries/libraries.h"
#include "engine/project/project.h"
#include "engine/template/tagshape.h"

#include <string>
#include <string_view>
#include <vector>

/// Narrow questions about libraries. Each template asks for the few names it uses, so that a change elsewhere in the
/// settings ends at these queries and re-runs nothing of a template that did not need it.
namespace nuages::analysis {

/// What `{% load NAME %}` finds.
struct LibraryAnswer {
    std::vector<project::LibraryModule> modules; ///< Empty: no library of that name is known.

    /// A library of this name may exist although none is known, or be another than the known one.
    bool open = false;

    friend bool operator==(const LibraryAnswer &, const LibraryAnswer &) = default;
};

struct LoadableLibrary {
    static constexpr std::string_view about = "what a load finds";

    static LibraryAnswer run(query::Reader &db, project::Project project, std::string name);
};

/// What every template has without a load.
struct BuiltinLibraries {
    static constexpr std::string_view about = "without a load";

    static LibraryAnswer run(query::Reader &db, project::Project project);
};

/// The libraries that register a tag called `name`, with its shape in each; sorted by library.
struct TagProvider {
    std::string library;
    templates::TagShape shape;

    friend bool operator==(const TagProvider &, const TagProvider &) = default;
};

struct TagProviders {
    static constexpr std::string_view about = "who has this tag";

    static std::vector<TagProvider> run(query::Reader &db, project::Project project, std::string name);
};

/// The libraries that register a filter called `name`, sorted.
struct FilterProviders {
    static constexpr std::string_view about = "who has this filter";

    static std::vector<std::string> run(query::Reader &db, project::Project project, std::string name);
};

/// Whether some tag of some library, loaded or not, ends or goes on at `word`.
struct IsStopWord {
    static constexpr std::string_view about = "ends a block";

    static bool run(query::Reader &db, project::Project project, std::string word);
};

} // namespace nuages::analysis
