#pragma once

#include "engine/project/settings/settings.h"
#include "engine/query/engine.h"
#include "engine/source/files.h"
#include "engine/source/memoryfilesystem.h"
#include "tests/support/givenproject.h"

#include <string>
#include <string_view>

namespace nuages::tests {

/// A project in memory: /project with its settings, and /site with what is installed (a package Django of a few
/// files among it).
class SettingsWorld
{
public:
    SettingsWorld();

    /// Writes a file below /; those that know it look again.
    void write(std::string_view path, std::string_view text);

    project::GivenData &data() { return m_data; } ///< Until the first question.

    /// What Settings found, one fact a line, without lines for what is empty or as Django has it by default:
    ///
    ///     apps: shop blog?          an entry with "?" is in some branch only
    ///     dirs: templates           of the first DjangoTemplates engine; below /project without it
    ///     app_dirs: yes
    ///     libraries: name=module
    ///     builtins: module
    ///     loaders: class            if OPTIONS names any
    ///     engine: backend           for each further engine
    ///     open apps: settings.py:3: why
    ///
    /// "no settings" if there are none.
    std::string facts();

    project::Project project();
    query::Engine &engine() { return m_engine; }

private:
    source::MemoryFileSystem m_disk;
    source::Files m_files{m_disk};
    query::Engine m_engine;
    project::GivenData m_data = givenAt("/project", {"/site"});
    std::optional<project::Project> m_project;
};

} // namespace nuages::tests
