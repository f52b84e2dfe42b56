#include "engine/project/packagemode.h"

#include "engine/project/discovery/discovery.h"
#include "engine/project/discovery/namedsettings.h"
#include "engine/project/searchpath.h"
#include "engine/project/settings/settings.h"
#include "engine/python/findmodule.h"
#include "engine/source/files.h"
#include "engine/source/path.h"
#include "engine/source/queries.h"

#include <toml++/toml.hpp>

#include <algorithm>

namespace nuages::project {

namespace {

constexpr int appDepth = 6; // folders below the root in which applications are looked for

bool isLetterOfName(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'
        || c == '.';
}

/// The name in front of a requirement such as "Pillow[webp]>=9; python_version > '3.8'".
std::string nameOfRequirement(std::string_view requirement)
{
    const std::size_t begin = requirement.find_first_not_of(" \t");
    std::size_t end = begin == requirement.npos ? requirement.size() : begin;
    while (end < requirement.size() && isLetterOfName(requirement[end]))
        ++end;
    return begin == requirement.npos ? std::string() : std::string(requirement.substr(begin, end - begin));
}

/// Names compare without case, and with any of "-", "_" and "." alike.
/// Source: PyPA specifications, "Names and normalization".
std::string normalName(std::string_view name)
{
    std::string result;
    for (const char c : name) {
        const bool isMark = c == '-' || c == '_' || c == '.';
        if (!isMark)
            result += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
        else if (!result.ends_with('_'))
            result += '_';
    }
    return result;
}

std::vector<std::string> lines(std::string_view text)
{
    std::vector<std::string> result;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        result.emplace_back(text.substr(0, end));
        text = end == text.npos ? std::string_view() : text.substr(end + 1);
    }
    return result;
}

void addFromPyproject(std::string_view text, std::vector<std::string> &names)
{
    toml::table table;
    try {
        table = toml::parse(text);
    } catch (const toml::parse_error &) {
        return; // broken: it declares nothing that could be read
    }
    if (const toml::array *dependencies = table["project"]["dependencies"].as_array()) {
        for (const toml::node &dependency : *dependencies)
            names.push_back(nameOfRequirement(dependency.value_or(std::string())));
    }
}

/// `install_requires` of [options], one requirement a line.
void addFromSetupCfg(std::string_view text, std::vector<std::string> &names)
{
    bool inOptions = false;
    bool inList = false;
    for (const std::string &line : lines(text)) {
        if (line.starts_with('[')) {
            inOptions = line.starts_with("[options]");
            inList = false;
        } else if (inOptions && line.starts_with("install_requires")) {
            inList = true;
            const std::size_t equals = line.find('=');
            names.push_back(nameOfRequirement(equals == line.npos ? "" : line.substr(equals + 1)));
        } else if (inList && !line.empty() && line.front() != ' ' && line.front() != '\t') {
            inList = false;
        } else if (inList) {
            names.push_back(nameOfRequirement(line));
        }
    }
}

/// The top-level modules of an installed distribution, by its record of them or by its name.
std::vector<std::string> modulesOf(query::Reader &db, const std::vector<std::string> &sitePackages,
                                   const std::string &distribution)
{
    const std::string wanted = normalName(distribution);
    for (const std::string &folder : sitePackages) {
        for (const source::Entry &entry : db.get<source::Listing>(source::fileAt(db, folder))) {
            const std::size_t dash = entry.name.find('-');
            if (!entry.name.ends_with(".dist-info") || normalName(entry.name.substr(0, dash)) != wanted)
                continue;
            std::vector<std::string> modules;
            const std::string path = folder + "/" + entry.name + "/top_level.txt";
            for (const std::string &line : lines(db.get<source::SourceText>(source::fileAt(db, path)).view())) {
                if (!line.empty())
                    modules.push_back(line);
            }
            if (!modules.empty())
                return modules;
        }
    }
    return {wanted};
}

bool isSkipped(const std::string &folder)
{
    static constexpr std::string_view names[] = {"node_modules", "__pycache__",   "build",  "dist",  "venv",
                                                 "env",          "site-packages", "static", "locale"};
    return folder.starts_with('.') || folder.ends_with(".egg-info") || std::ranges::contains(names, folder);
}

/// Adds the packages at and below `folder` that have templates or libraries, sorted by path.
void addApps(query::Reader &db, const std::vector<std::string> &searchPath, const std::string &folder, int depth,
             std::vector<App> &apps)
{
    bool isApp = false;
    std::vector<std::string> inner;
    for (const source::Entry &entry : db.get<source::Listing>(source::fileAt(db, folder))) {
        if (entry.kind != source::EntryKind::Directory || isSkipped(entry.name))
            continue;
        if (entry.name == "templates" || entry.name == "templatetags")
            isApp = true;
        else
            inner.push_back(folder + "/" + entry.name);
    }
    const std::string name = moduleName(searchPath, folder);
    if (isApp && !name.empty() && !std::ranges::contains(apps, name, &App::name))
        apps.push_back({name, name, name.substr(name.rfind('.') + 1), folder, {}, true});
    for (const std::string &next : depth > 0 ? inner : std::vector<std::string>())
        addApps(db, searchPath, next, depth - 1, apps);
}

} // namespace

std::vector<std::string> DeclaredDependencies::run(query::Reader &db, Project project)
{
    const std::string &root = rootOf(db, project);
    std::vector<std::string> names;
    addFromPyproject(db.get<source::SourceText>(source::fileAt(db, root + "/pyproject.toml")).view(), names);
    addFromSetupCfg(db.get<source::SourceText>(source::fileAt(db, root + "/setup.cfg")).view(), names);
    std::erase(names, std::string());
    return names;
}

std::optional<OpenReason> unreadManage(query::Reader &db, Project project)
{
    const std::string &root = rootOf(db, project);
    const std::string manage = db.get<ManageFolder>(source::fileAt(db, root)) + "/manage.py";
    const source::File file = source::fileAt(db, manage);
    if (db.read<&source::FileData::status>(file) != source::Status::Regular)
        return std::nullopt;
    const std::string cure = "; settings in [tool.nuages] can name it";
    if (const auto &location = db.get<SettingsModule>(project)) {
        const SettingsPlace &at = location->namedAt;
        const std::string what = location->file.empty() ? " is not found" : " cannot be read";
        if (at.file.empty())
            return OpenReason{root, 0, "the settings module " + location->module + " of " + location->foundBy + what};
        if (location->module.empty())
            return OpenReason{at.file, at.line, "no settings module is named here" + cure};
        return OpenReason{at.file, at.line, "the settings module " + location->module + what + cure};
    }
    const NamedSettings &named = db.get<SettingsNamedIn>(file);
    if (named.open.empty())
        return OpenReason{manage, 1, "no settings module is named here" + cure};
    const OpenReason &why = named.open.front();
    return OpenReason{why.file, why.line, "the settings module cannot be told: " + why.why + cure};
}

AppInventory PackageApps::run(query::Reader &db, Project project)
{
    const std::string &root = rootOf(db, project);
    const auto &searchPath = db.get<SearchPath>(project);
    AppInventory inventory;
    addApps(db, searchPath, root, appDepth, inventory.apps);
    const auto &sitePackages = db.get<SitePackages>(project).folders;
    std::vector<std::string> distributions = db.get<DeclaredDependencies>(project);
    distributions.emplace_back("Django");
    for (const std::string &distribution : distributions) {
        for (const std::string &module : modulesOf(db, sitePackages, distribution)) {
            const auto location = python::findModule(db, searchPath, module);
            for (const std::string &folder : location ? location->folders : std::vector<std::string>())
                addApps(db, searchPath, folder, appDepth, inventory.apps);
        }
    }
    if (auto unread = unreadManage(db, project))
        inventory.open.push_back(*std::move(unread));
    else
        inventory.open.push_back({root, 0, "no settings module is found, so other applications may be installed"});
    return inventory;
}

} // namespace nuages::project
