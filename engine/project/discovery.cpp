#include "engine/project/discovery.h"

#include "engine/source/path.h"

#include <toml++/toml.hpp>

#include <algorithm>
#include <cctype>
#include <sstream>

namespace nuages::project {

namespace {

using source::FileSystem;
using source::Status;

constexpr std::size_t pyprojectLimit = 4 << 20; // bytes
constexpr std::size_t pathFileLimit = 1 << 20; // bytes

bool isFile(FileSystem &files, const std::string &path) { return files.state(path).status == Status::Regular; }

bool isFolder(FileSystem &files, const std::string &path) { return files.state(path).status == Status::Directory; }

bool configuresNuages(FileSystem &files, const std::string &path)
{
    const auto file = isFile(files, path) ? files.open(path) : nullptr;
    const auto text = file ? file->bytes(pyprojectLimit) : std::nullopt;
    if (!text)
        return false;
    try {
        return toml::parse(*text)["tool"]["nuages"].is_table();
    } catch (const toml::parse_error &) {
        return false;
    }
}

/// Adds, behind the folders found, those that their .pth files name by a plain path, as editable installs do. Lines
/// that are code are skipped. Source: the documentation of Python's module `site`.
void addPathFiles(FileSystem &files, std::vector<std::string> &found)
{
    const std::vector<std::string> sites = found;
    for (const std::string &site : sites) {
        const auto folder = files.open(site);
        auto entries = folder ? folder->entries() : std::nullopt;
        if (!entries)
            continue;
        std::ranges::sort(*entries);
        for (const source::Entry &entry : *entries) {
            const auto file = entry.name.ends_with(".pth") ? files.open(site + "/" + entry.name) : nullptr;
            std::istringstream text(file ? file->bytes(pathFileLimit).value_or("") : "");
            for (std::string line; std::getline(text, line);) {
                while (!line.empty() && std::isspace(static_cast<unsigned char>(line.back())))
                    line.pop_back();
                if (line.empty() || line.starts_with('#') || line.starts_with("import ")
                    || line.starts_with("import\t"))
                    continue;
                std::string path = source::normalPath(line.starts_with('/') ? line : site + "/" + line);
                if (isFolder(files, path) && !std::ranges::contains(found, path))
                    found.push_back(std::move(path));
            }
        }
    }
}

/// The site-packages of a virtual environment: below lib and lib64, one for each version of Python in it.
void addEnvironment(FileSystem &files, const std::string &root, std::vector<std::string> &found)
{
    for (const std::string_view part : {"/lib", "/lib64"}) {
        const std::string lib = root + std::string(part);
        const auto folder = files.open(lib);
        auto entries = folder ? folder->entries() : std::nullopt;
        if (!entries)
            continue;
        std::ranges::sort(*entries);
        for (const source::Entry &entry : *entries) {
            std::string path = lib + "/" + entry.name + "/site-packages";
            if (entry.name.starts_with("python3") && isFolder(files, path))
                found.push_back(std::move(path));
        }
    }
    if (isFolder(files, root + "/Lib/site-packages"))
        found.push_back(root + "/Lib/site-packages");
}

/// Where Python's own installation keeps packages; those of Debian come first, as on its sys.path.
std::vector<std::string> systemFolders(FileSystem &files)
{
    std::vector<std::string> found;
    for (const std::string prefix : {"/usr/local/lib", "/usr/lib"}) {
        const auto folder = files.open(prefix);
        auto entries = folder ? folder->entries() : std::nullopt;
        if (!entries)
            continue;
        std::ranges::sort(*entries);
        for (const source::Entry &entry : *entries) {
            for (const std::string_view packages : {"/dist-packages", "/site-packages"}) {
                std::string path = prefix + "/" + entry.name + std::string(packages);
                if (entry.name.starts_with("python3") && isFolder(files, path))
                    found.push_back(std::move(path));
            }
        }
    }
    return found;
}

bool haveDjango(FileSystem &files, std::span<const std::string> folders)
{
    return std::ranges::any_of(folders, [&](const std::string &path) { return isFolder(files, path + "/django"); });
}

/// The folders of the virtual environment that VIRTUAL_ENV names.
std::vector<std::string> activeEnvironment(FileSystem &files,
                                           std::span<const std::pair<std::string, std::string>> environment)
{
    std::vector<std::string> found;
    const auto active = std::ranges::find(environment, "VIRTUAL_ENV", &std::pair<std::string, std::string>::first);
    if (active != environment.end() && !active->second.empty())
        addEnvironment(files, source::normalPath(active->second), found);
    addPathFiles(files, found);
    return found;
}

} // namespace

std::string findProjectRoot(FileSystem &files, std::string_view path)
{
    const std::string start = source::normalPath(path);
    std::string folder = isFolder(files, start) ? start : std::string(source::parentPath(start));
    std::string fallback = folder;
    for (;;) {
        const std::string prefix = folder == "/" ? folder : folder + "/";
        if (isFile(files, prefix + "manage.py") || configuresNuages(files, prefix + "pyproject.toml"))
            return folder;
        if (folder == "/")
            return fallback;
        folder = source::parentPath(folder);
    }
}

std::vector<std::string> findSitePackages(FileSystem &files, std::string_view root, std::span<const std::string> given,
                                          std::span<const std::pair<std::string, std::string>> environment)
{
    std::vector<std::string> found;
    for (const std::string &folder : given) {
        std::string path = source::normalPath(folder);
        if (isFolder(files, path) && !std::ranges::contains(found, path))
            found.push_back(std::move(path));
    }
    if (!given.empty()) {
        addPathFiles(files, found);
        return found;
    }

    std::vector<std::string> active = activeEnvironment(files, environment);
    if (haveDjango(files, active))
        return active;
    for (const std::string_view name : {".venv", "venv", "env"}) {
        if (found.empty())
            addEnvironment(files, std::string(root) + "/" + std::string(name), found);
    }
    if (found.empty())
        found = systemFolders(files);
    addPathFiles(files, found);
    return active.empty() || haveDjango(files, found) ? found : active;
}

} // namespace nuages::project
