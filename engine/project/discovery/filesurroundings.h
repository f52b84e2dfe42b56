#pragma once

#include "engine/python/surroundings.h"
#include "engine/query/engine.h"

#include <string>
#include <vector>

namespace nuages::project {

/// What an evaluation sees of the files, read through queries: whatever it asks for, and whatever is not there, becomes
/// a dependency of the running query. No variable is set, and every file is the project's own.
class FileSurroundings : public python::Surroundings
{
public:
    /// Modules are looked for in `own`, which is not empty and starts with the working folder, then in `installed`;
    /// absolute folders. `db` must outlive it.
    FileSurroundings(query::Reader &db, std::vector<std::string> own, std::vector<std::string> installed);

    std::optional<python::ModuleLocation> find(std::span<const std::string> front, std::string_view dotted) override;
    bool knowsInstalledModules() override { return !m_installed.empty(); }
    bool isOwn(const std::string &) override { return true; }
    python::SyntaxTree parse(const std::string &file) override;
    std::string read(const std::string &file) override;
    python::PathKind kindOf(const std::string &path) override;
    std::vector<std::string> list(const std::string &folder) override;
    std::string workingFolder() override { return m_own.front(); }
    std::optional<std::string> variable(std::string_view) override { return std::nullopt; }
    void poll() override { m_db.poll(); }

protected:
    const std::vector<std::string> &installed() const { return m_installed; }

private:
    query::Reader &m_db;
    std::vector<std::string> m_own; // Invariant: not empty.
    std::vector<std::string> m_installed;
};

} // namespace nuages::project
