#pragma once

#include "engine/project/openreason.h"
#include "engine/project/project.h"

#include <string>
#include <string_view>
#include <vector>

namespace nuages::project {

/// The directories in which the loaders of the project's Django engines look, in their order, each once.
struct TemplateRoots {
    std::vector<std::string> directories; ///< Absolute; also those that do not exist.
    std::vector<OpenReason> open; ///< Why there may be more, or other sources of templates.

    friend bool operator==(const TemplateRoots &, const TemplateRoots &) = default;
};

/// DIRS, then the `templates` directory of each app, or what explicit loaders say; of several engines one after
/// the other.
struct TemplateDirectories {
    static constexpr std::string_view about = "where loaders look";

    static TemplateRoots run(query::Reader &db, Project project);
};

/// Where one engine looks for files, and for which.
struct EngineFolders {
    bool isDjango = false;
    std::vector<std::string> directories; ///< Absolute.
    std::string matchExtension; ///< Of the names that it serves; empty: all.
    std::string matchRegex;

    /// Whether it serves the file under one of its folders, and how long the innermost of these is; 0 if it does not.
    std::size_t takes(std::string_view path) const;

    friend bool operator==(const EngineFolders &, const EngineFolders &) = default;
};

/// The engines of the project in the order in which Django asks them.
struct Engines {
    static constexpr std::string_view about = "whose template it is";

    static std::vector<EngineFolders> run(query::Reader &db, Project project);
};

/// Whose template the file is: that of the engine with the innermost folder around it, and of these the first.
/// Source: get_template of django/template/loader.py asks one engine after the other.
enum class Owner { Nobody, Django, Another };
Owner ownerOf(const std::vector<EngineFolders> &engines, std::string_view path);

} // namespace nuages::project
