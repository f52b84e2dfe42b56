#include "engine/project/discovery/discovery.h"
#include "engine/source/files.h"
#include "engine/source/path.h"
#include "engine/source/queries.h"

#include <toml++/toml.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <sstream>
#include <utility>

namespace nuages::project {

namespace {

// Most places are not there, so each is asked for before it is read: an absence is no query of its own.

bool isFolder(query::Reader &db, const std::string &path)
{
    return db.read<&source::FileData::status>(source::fileAt(db, path)) == source::Status::Directory;
}

std::string textOf(query::Reader &db, const std::string &path)
{
    const source::File file = source::fileAt(db, path);
    if (db.read<&source::FileData::status>(file) != source::Status::Regular)
        return {};
    return std::string(db.get<source::SourceText>(file).view());
}

/// The names of the folders in `folder`, sorted.
std::vector<std::string> foldersIn(query::Reader &db, const std::string &folder)
{
    std::vector<std::string> names;
    if (!isFolder(db, folder))
        return names;
    for (const source::Entry &entry : db.get<source::Listing>(source::fileAt(db, folder))) {
        if (entry.kind == source::EntryKind::Directory)
            names.push_back(entry.name);
    }
    return names;
}

std::string_view trimmed(std::string_view text)
{
    const auto isSpace = [](char each) { return std::isspace(static_cast<unsigned char>(each)) != 0; };
    while (!text.empty() && isSpace(text.back()))
        text.remove_suffix(1);
    while (!text.empty() && isSpace(text.front()))
        text.remove_prefix(1);
    return text;
}

void add(query::Reader &db, std::string path, std::vector<std::string> &found)
{
    if (isFolder(db, path) && !std::ranges::contains(found, path))
        found.push_back(std::move(path));
}

/// Adds, behind the folders found, those that their .pth files name by a plain path, as editable installs do. Lines
/// that are code are skipped. Source: the documentation of Python's module `site`.
void addPathFiles(query::Reader &db, std::vector<std::string> &found)
{
    const std::vector<std::string> sites = found;
    for (const std::string &site : sites) {
        for (const source::Entry &entry : db.get<source::Listing>(source::fileAt(db, site))) {
            if (!entry.name.ends_with(".pth"))
                continue;
            std::istringstream text(textOf(db, site + "/" + entry.name));
            for (std::string line; std::getline(text, line);) {
                while (!line.empty() && std::isspace(static_cast<unsigned char>(line.back())))
                    line.pop_back();
                if (line.empty() || line.starts_with('#') || line.starts_with("import ")
                    || line.starts_with("import\t"))
                    continue;
                add(db, source::normalPath(line.starts_with('/') ? line : site + "/" + line), found);
            }
        }
    }
}

/// The site-packages of a virtual environment: below lib and lib64, one for each version of Python in it.
std::vector<std::string> packagesIn(query::Reader &db, const std::string &environment)
{
    std::vector<std::string> found;
    for (const std::string_view part : {"/lib", "/lib64"}) {
        const std::string lib = environment + std::string(part);
        for (const std::string &name : foldersIn(db, lib)) {
            if (name.starts_with("python3"))
                add(db, lib + "/" + name + "/site-packages", found);
        }
    }
    add(db, environment + "/Lib/site-packages", found);
    return found;
}

/// Where Python's own installation keeps packages; those of Debian come first, as on its sys.path.
std::vector<std::string> systemFolders(query::Reader &db)
{
    std::vector<std::string> found;
    for (const std::string prefix : {"/usr/local/lib", "/usr/lib"}) {
        for (const std::string &name : foldersIn(db, prefix)) {
            for (const std::string_view packages : {"/dist-packages", "/site-packages"}) {
                if (name.starts_with("python3"))
                    add(db, prefix + "/" + name + std::string(packages), found);
            }
        }
    }
    return found;
}

/// The name under which the pyproject.toml in `folder` would be installed; empty if it says none.
std::string distributionName(query::Reader &db, const std::string &folder)
{
    try {
        const toml::table document = toml::parse(textOf(db, folder + "/pyproject.toml"));
        if (const auto name = document["tool"]["poetry"]["name"].value<std::string>())
            return *name;
        return document["project"]["name"].value_or(std::string());
    } catch (const toml::parse_error &) {
        return {};
    }
}

/// In the way in which most tools write it: small letters, and one dash for dashes, underscores and dots.
std::string normalName(std::string_view name)
{
    std::string result;
    for (const char each : name) {
        const bool isDash = each == '-' || each == '_' || each == '.';
        if (!isDash)
            result += static_cast<char>(std::tolower(static_cast<unsigned char>(each)));
        else if (!result.ends_with('-'))
            result += '-';
    }
    return result;
}

/// Goes through the places in their order until one has Django.
class Search
{
public:
    Search(query::Reader &db, Project project)
        : m_db(db), m_project(project), m_root(rootOf(db, project)),
          m_start(db.get<ManageFolder>(source::fileAt(db, m_root)))
    {
    }

    InstalledPackages run()
    {
        const Configuration &configuration = m_db.get<ProjectConfiguration>(m_project);
        if (!configuration.sitePackages.empty()) {
            for (const std::string &folder : configuration.sitePackages)
                add(m_db, folder, m_result.folders);
            addPathFiles(m_db, m_result.folders);
            m_result.foundBy = "the configuration";
            return std::move(m_result);
        }
        if (!tryNamed() && !tryFolders() && !tryTools())
            tryPackages(systemFolders(m_db), "the system");
        m_result.isSystems = m_result.foundBy == "the system";
        return std::move(m_result);
    }

private:
    /// True if these have Django, so that the search is over; kept all the same if nothing better has been seen.
    bool tryPackages(std::vector<std::string> folders, std::string foundBy)
    {
        if (folders.empty())
            return false;
        addPathFiles(m_db, folders);
        const bool isWanted =
            std::ranges::any_of(folders, [&](const std::string &folder) { return isFolder(m_db, folder + "/django"); });
        if (isWanted || m_result.folders.empty())
            m_result = {std::move(folders), std::move(foundBy), false};
        return isWanted;
    }

    bool tryEnvironment(const std::string &written)
    {
        const std::string path = source::normalPath(written);
        return tryPackages(packagesIn(m_db, path), path);
    }

    std::string variable(std::string_view name)
    {
        return environmentVariable(m_db, m_project, name).value_or(std::string());
    }

    /// What the environment names.
    bool tryNamed()
    {
        for (const char *name : {"VIRTUAL_ENV", "CONDA_PREFIX", "UV_PROJECT_ENVIRONMENT"}) {
            const std::string path = variable(name);
            if (path.empty())
                continue;
            const std::string folder = source::normalPath(path.starts_with('/') ? path : m_root + '/' + path);
            if (tryPackages(packagesIn(m_db, folder), name))
                return true;
        }
        return false;
    }

    /// What lies beside manage.py, in the root, or above.
    bool tryFolders()
    {
        for (std::string folder = m_start; folder != "/"; folder = source::parentPath(folder)) {
            for (const char *name : {"/.venv", "/venv", "/env"}) {
                if (tryEnvironment(folder + name))
                    return true;
            }
            if (tryPdm(folder))
                return true;
        }
        return false;
    }

    /// PDM writes down which interpreter a project uses, or keeps the packages beside the project.
    bool tryPdm(const std::string &folder)
    {
        const std::string interpreter(trimmed(textOf(m_db, folder + "/.pdm-python"))); // "/x/bin/python"
        if (interpreter.starts_with('/')) {
            const auto bin = source::parentPath(interpreter);
            if (tryEnvironment(std::string(source::parentPath(bin))))
                return true;
        }
        for (const std::string &version : foldersIn(m_db, folder + "/__pypackages__")) {
            std::vector<std::string> found;
            add(m_db, folder + "/__pypackages__/" + version + "/lib", found);
            if (tryPackages(std::move(found), folder + "/__pypackages__"))
                return true;
        }
        return false;
    }

    /// Environments that tools keep elsewhere, below names of the project.
    bool tryTools()
    {
        const std::string home = variable("HOME");
        if (home.empty())
            return false;
        const auto orElse = [](std::string wanted, std::string otherwise) {
            return wanted.empty() ? std::move(otherwise) : std::move(wanted);
        };
        const std::string cache = orElse(variable("XDG_CACHE_HOME"), home + "/.cache");
        const std::string data = orElse(variable("XDG_DATA_HOME"), home + "/.local/share");
        const std::string poetry = orElse(variable("POETRY_VIRTUALENVS_PATH"),
                                          orElse(variable("POETRY_CACHE_DIR"), cache + "/pypoetry") + "/virtualenvs");
        const std::string pipenv = orElse(variable("WORKON_HOME"), data + "/virtualenvs");
        const std::string hatch = orElse(variable("HATCH_DATA_DIR"), data + "/hatch") + "/env/virtual";
        for (std::string folder = m_start; folder != home && folder != "/"; folder = source::parentPath(folder)) {
            const std::string name = normalName(distributionName(m_db, folder));
            if (tryPipenv(pipenv, folder) || (!name.empty() && (tryPoetry(poetry, name) || tryHatch(hatch, name))))
                return true;
        }
        return false;
    }

    /// "name-Xy12AbCd-py3.13"
    bool tryPoetry(const std::string &kept, const std::string &name)
    {
        constexpr std::size_t hashLength = 8;
        return std::ranges::any_of(foldersIn(m_db, kept), [&](const std::string &each) {
            const std::size_t python = each.rfind("-py3");
            return python != each.npos && python >= hashLength + 1
                && normalName(each.substr(0, python - hashLength - 1)) == name && tryEnvironment(kept + '/' + each);
        });
    }

    /// Pipenv writes the project's folder into the environment.
    bool tryPipenv(const std::string &kept, const std::string &folder)
    {
        return std::ranges::any_of(foldersIn(m_db, kept), [&](const std::string &each) {
            const std::string text = textOf(m_db, kept + '/' + each + "/.project");
            return trimmed(text) == folder && tryEnvironment(kept + '/' + each);
        });
    }

    /// "name/hash/environment"
    bool tryHatch(const std::string &kept, const std::string &name)
    {
        for (const std::string &project : foldersIn(m_db, kept)) {
            if (normalName(project) != name)
                continue;
            for (const std::string &hash : foldersIn(m_db, kept + '/' + project)) {
                const std::string group = kept + '/' + project + '/' + hash;
                const auto names = foldersIn(m_db, group);
                if (std::ranges::any_of(names,
                                        [&](const std::string &each) { return tryEnvironment(group + '/' + each); }))
                    return true;
            }
        }
        return false;
    }

    query::Reader &m_db;
    Project m_project;
    const std::string &m_root;
    const std::string &m_start; // the folder of manage.py: the root or below it
    InstalledPackages m_result;
};

} // namespace

InstalledPackages SitePackages::run(query::Reader &db, Project project) { return Search(db, project).run(); }

std::optional<std::string> environmentVariable(query::Reader &db, Project project, std::string_view name)
{
    const auto &variables = db.read<&GivenData::variables>(db.value(project).given);
    const auto found = std::ranges::find(variables, name, &std::pair<std::string, std::string>::first);
    if (found != variables.end())
        return found->second;
    const auto &configured = db.get<ProjectConfiguration>(project).env;
    const auto set = configured.find(std::string(name));
    return set == configured.end() ? std::nullopt : std::optional(set->second);
}

} // namespace nuages::project
