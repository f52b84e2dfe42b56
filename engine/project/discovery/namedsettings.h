#pragma once

#include "engine/source/file.h"

#include <cstdint>
#include <string>
#include <vector>

namespace nuages::project {

/// A settings module that a program names.
struct NamedSettings {
    std::string module; ///< Dotted.
    std::uint32_t line = 0; ///< Where the name stands, from 1.

    friend bool operator==(const NamedSettings &, const NamedSettings &) = default;
};

/// What manage.py, wsgi.py and their like set DJANGO_SETTINGS_MODULE to, in order: `os.environ.setdefault(…)` and
/// `os.environ[…] = …`, wherever they stand.
struct SettingsNamedIn {
    static std::vector<NamedSettings> run(query::Reader &db, source::File file);
};

} // namespace nuages::project
