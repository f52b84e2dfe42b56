#pragma once

#include "engine/project/apps/installedapps.h"

#include <optional>
#include <string>
#include <string_view>

namespace nuages::project {

/// What an entry of INSTALLED_APPS turned out to be.
struct ResolvedApp {
    std::optional<App> app; ///< Empty when neither module nor class was found.
    std::string problem =
        {}; ///< Why something about the app stays open: "no module or class shop"; empty if nothing does.
    bool isMissing = false; ///< Django could not start with this entry: what it names is not there.

    friend bool operator==(const ResolvedApp &, const ResolvedApp &) = default;
};

/// Resolves one entry by the rules of AppConfig.create; a query of its own, so that a new entry in the settings
/// resolves no other one again.
struct ResolveApp {
    static constexpr std::string_view about = "one installed app";

    static ResolvedApp run(query::Reader &db, Project project, std::string entry);
};

} // namespace nuages::project
