#pragma once

#include "engine/project/project.h"

#include <optional>
#include <string>
#include <string_view>

namespace nuages::project {

/// The Django that the project sees.
struct Django {
    std::string directory; ///< Absolute folder of the package, "…/django".
    std::string version; ///< As its VERSION tuple says, "4.2.23"; empty if that cannot be read.

    /// Whether it is `major.minor` or later, pre-releases of that included; nullopt if its version is not known.
    std::optional<bool> isAtLeast(int major, int minor) const;

    friend bool operator==(const Django &, const Django &) = default;
};

/// Looks for the package `django` on the project's Python path; nullopt when it is not installed.
struct FindDjango {
    static constexpr std::string_view about = "which version";

    static std::optional<Django> run(query::Reader &db, Project project);
};

} // namespace nuages::project
