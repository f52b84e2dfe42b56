#include "app/environment.h"

#include "engine/project/discovery.h"
#include "engine/source/diskfilesystem.h"

#include <algorithm>
#include <filesystem>
#include <format>
#include <string_view>

#include <unistd.h>

namespace nuages::app {

namespace {

namespace fs = std::filesystem;

std::vector<std::pair<std::string, std::string>> processVariables()
{
    std::vector<std::pair<std::string, std::string>> result;
    for (char **entry = environ; entry && *entry; ++entry) {
        const std::string_view text = *entry;
        const std::size_t equals = text.find('=');
        if (equals != text.npos)
            result.emplace_back(text.substr(0, equals), text.substr(equals + 1));
    }
    std::ranges::sort(result);
    return result;
}

bool isFolder(const std::string &path)
{
    std::error_code ignored;
    return fs::is_directory(path, ignored);
}

} // namespace

std::string normalPath(const std::string &path)
{
    const fs::path result = fs::absolute(path).lexically_normal();
    return (result.has_filename() || result == result.root_path() ? result : result.parent_path()).string();
}

std::expected<Environment, Failure> findEnvironment(const Wanted &wanted)
{
    Environment result;
    result.variables = processVariables();
    for (const std::string &path : wanted.paths) {
        std::error_code ignored;
        if (!fs::exists(path, ignored))
            return std::unexpected(Failure{std::format("no such file or folder: {}", path)});
        result.paths.push_back(normalPath(path));
    }

    if (result.paths.empty() && !wanted.stdinFilename.empty())
        result.paths.push_back(normalPath(wanted.stdinFilename));

    source::DiskFileSystem disk;
    if (!wanted.project.empty() && !isFolder(wanted.project))
        return std::unexpected(Failure{std::format("--project is not a folder: {}", wanted.project)});
    if (!wanted.project.empty())
        result.root = normalPath(wanted.project);
    else
        result.root = project::findProjectRoot(disk, result.paths.empty() ? normalPath(".") : result.paths.front());

    auto configuration = readConfiguration(result.root);
    if (!configuration)
        return std::unexpected(std::move(configuration.error()));
    result.configuration = std::move(*configuration);
    result.settings = wanted.settings.empty() ? result.configuration.settings : wanted.settings;

    std::vector<std::string> packages =
        wanted.sitePackages.empty() ? result.configuration.sitePackages : wanted.sitePackages;
    for (std::string &folder : packages) {
        if (!isFolder(folder))
            return std::unexpected(Failure{std::format("site-packages is not a folder: {}", folder)});
        folder = normalPath(folder);
    }
    result.sitePackages = project::findSitePackages(disk, result.root, packages, result.variables);
    return result;
}

} // namespace nuages::app
