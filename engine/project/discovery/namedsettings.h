#pragma once

#include "engine/project/openreason.h"
#include "engine/python/surroundings.h"
#include "engine/source/file.h"

#include <string>
#include <string_view>
#include <vector>

namespace nuages::project {

/// A settings module that a program names.
struct NamedModule {
    std::string module; ///< Dotted.
    std::string file; ///< Absolute; where the name was written, mostly the program itself.
    std::uint32_t line = 0; ///< From 1.

    friend bool operator==(const NamedModule &, const NamedModule &) = default;
};

/// What a program sets DJANGO_SETTINGS_MODULE to.
struct NamedSettings {
    std::vector<NamedModule> modules; ///< It is one of these, which a condition that cannot be read decides.
    std::vector<std::string> beginnings; ///< Or one that begins so, of which the rest is not known.
    std::vector<OpenReason> open; ///< Or another, for these reasons, those with a beginning included.

    friend bool operator==(const NamedSettings &, const NamedSettings &) = default;
};

/// Evaluates the program `file` (manage.py, wsgi.py) as the module `dotted`, as `manage.py check` would run it.
NamedSettings settingsNamedBy(python::Surroundings &surroundings, const std::string &file, const std::string &dotted);

/// The same of a manage.py of which nothing is known yet but what lies in its folder.
struct SettingsNamedIn {
    static constexpr std::string_view about = "as manage.py says";

    static NamedSettings run(query::Reader &db, source::File manage);
};

} // namespace nuages::project
