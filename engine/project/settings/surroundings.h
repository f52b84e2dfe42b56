#pragma once

#include "engine/project/discovery/filesurroundings.h"
#include "engine/project/project.h"

#include <string>
#include <vector>

namespace nuages::project {

/// What the settings of a project, and the program that names them, see of the world: its files, what is installed, and
/// the environment.
class SettingsSurroundings final : public FileSurroundings
{
public:
    /// `own` are the folders of the project's own modules. `db` must outlive it.
    SettingsSurroundings(query::Reader &db, Project project, std::vector<std::string> own);

    bool isOwn(const std::string &file) override;
    std::optional<std::string> variable(std::string_view name) override;

private:
    query::Reader &m_db;
    Project m_project;
};

} // namespace nuages::project
