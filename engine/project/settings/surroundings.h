#pragma once

#include "engine/project/project.h"
#include "engine/project/settings/settings.h"
#include "engine/python/surroundings.h"

#include <string>
#include <vector>

namespace nuages::project {

/// What the settings of a project see of the world, read through queries: whatever they ask for, and whatever is not
/// there, becomes a dependency of the running query.
class SettingsSurroundings final : public python::Surroundings
{
public:
    /// `db` must outlive it.
    SettingsSurroundings(query::Reader &db, Project project, const SettingsLocation &location);

    std::optional<python::ModuleLocation> find(std::span<const std::string> front, std::string_view dotted) override;
    bool knowsInstalledModules() override;
    bool isOwn(const std::string &file) override;
    python::SyntaxTree parse(const std::string &file) override;
    std::string read(const std::string &file) override;
    python::PathKind kindOf(const std::string &path) override;
    std::vector<std::string> list(const std::string &folder) override;
    std::string workingFolder() override { return m_ownPath.front(); }
    std::optional<std::string> variable(std::string_view name) override;
    void poll() override { m_db.poll(); }

private:
    query::Reader &m_db;
    Project m_project;
    std::vector<std::string> m_ownPath; // Invariant: not empty.
};

} // namespace nuages::project
