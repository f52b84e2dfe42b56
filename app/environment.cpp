#include "app/environment.h"

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

project::GivenData surroundings()
{
    project::GivenData given;
    given.folders = {normalPath(".")};
    given.variables = processVariables();
    return given;
}

std::string normalPath(const std::string &path)
{
    const fs::path result = fs::absolute(path).lexically_normal();
    return (result.has_filename() || result == result.root_path() ? result : result.parent_path()).string();
}

std::expected<Environment, Failure> findEnvironment(const Wanted &wanted)
{
    Environment result;
    for (const std::string &path : wanted.paths) {
        std::error_code ignored;
        if (!fs::exists(path, ignored))
            return std::unexpected(Failure{std::format("no such file or folder: {}", path)});
        result.paths.push_back(normalPath(path));
    }
    if (result.paths.empty() && !wanted.stdinFilename.empty())
        result.paths.push_back(normalPath(wanted.stdinFilename));

    project::GivenData &given = result.given = surroundings();
    if (!result.paths.empty())
        given.folders = result.paths;
    if (!wanted.project.empty()) {
        if (!isFolder(wanted.project))
            return std::unexpected(Failure{std::format("--project is not a folder: {}", wanted.project)});
        given.root = normalPath(wanted.project);
        given.folders = {given.root};
    }
    given.options.settings = wanted.settings;
    given.options.select = wanted.select;
    given.options.ignore = wanted.ignore;
    for (const std::string &folder : wanted.sitePackages) {
        if (!isFolder(folder))
            return std::unexpected(Failure{std::format("site-packages is not a folder: {}", folder)});
        given.options.sitePackages.push_back(normalPath(folder));
    }
    return result;
}

std::vector<source::Files::Root> rootsOf(const project::GivenData &given)
{
    std::vector<source::Files::Root> roots;
    for (const std::string &folder : given.folders)
        roots.push_back({folder, query::Durability::Low});
    for (const std::string &folder : given.options.sitePackages)
        roots.push_back({folder, query::Durability::High});
    return roots;
}

} // namespace nuages::app
