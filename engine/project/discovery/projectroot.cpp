#include "engine/project/discovery/discovery.h"
#include "engine/project/discovery/namedsettings.h"
#include "engine/source/files.h"
#include "engine/source/path.h"
#include "engine/source/queries.h"

#include <algorithm>
#include <map>
#include <utility>

namespace nuages::project {

namespace {

constexpr int deepestRoot = 6; // folders below the one that is looked through

source::Status statusOf(query::Reader &db, const std::string &path)
{
    return db.read<&source::FileData::status>(source::fileAt(db, path));
}

bool isFile(query::Reader &db, const std::string &path) { return statusOf(db, path) == source::Status::Regular; }

std::string inside(std::string_view folder, std::string_view name)
{
    return std::string(folder == "/" ? "" : folder).append("/").append(name);
}

/// The table of the pyproject.toml in a folder.
std::optional<Configuration> tableIn(query::Reader &db, const std::string &folder)
{
    const std::string file = inside(folder, "pyproject.toml");
    return isFile(db, file) ? db.get<ConfigurationFile>(source::fileAt(db, file)) : std::nullopt;
}

/// `folder`, which holds a manage.py; or, if it is a package of the settings that this or the table beside it names,
/// the folder from which they can be imported.
std::string withoutPackage(query::Reader &db, const std::string &folder)
{
    const auto &named = db.get<SettingsNamedIn>(source::fileAt(db, inside(folder, "manage.py")));
    const std::optional<Configuration> table = tableIn(db, folder);
    for (std::string package = folder; isFile(db, inside(package, "__init__.py"));) {
        const std::string above(source::parentPath(package));
        const std::string prefix = package.substr(above == "/" ? 1 : above.size() + 1) + '.';
        const auto isIn = [&prefix](const std::string &name) { return name.starts_with(prefix); };
        if (std::ranges::any_of(named.modules, isIn, &NamedModule::module)
            || std::ranges::any_of(named.beginnings, isIn) || (table && isIn(table->settings)))
            return above;
        package = above;
    }
    return folder;
}

/// The root that `folder` itself is, or the folder above its package.
std::optional<std::string> rootAt(query::Reader &db, const std::string &folder)
{
    if (isFile(db, inside(folder, "manage.py")))
        return withoutPackage(db, folder);
    return tableIn(db, folder) ? std::optional(folder) : std::nullopt;
}

bool isIn(std::string_view path, std::string_view folder)
{
    return path == folder || folder == "/"
        || (path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/');
}

std::string folderOf(query::Reader &db, std::string_view path)
{
    return std::string(statusOf(db, std::string(path)) == source::Status::Directory ? path : source::parentPath(path));
}

std::string foundRoot(query::Reader &db, Given given, std::string_view path)
{
    if (const std::string &root = db.read<&GivenData::root>(given); !root.empty())
        return root;
    std::string folder = folderOf(db, path);
    if (const auto &above = db.get<RootAbove>(source::fileAt(db, folder)))
        return *above;
    std::string around;
    for (const std::string &each : db.read<&GivenData::folders>(given)) {
        if (std::string candidate = folderOf(db, each); isIn(path, candidate) && candidate.size() > around.size())
            around = std::move(candidate);
    }
    if (around.empty())
        return folder;
    const auto &below = db.get<RootsBelow>(source::fileAt(db, around));
    return below.size() == 1 ? below.front() : around;
}

} // namespace

std::optional<std::string> RootAbove::run(query::Reader &db, source::File folder)
{
    const std::string &path = db.read<&source::FileData::path>(folder);
    if (auto root = rootAt(db, path))
        return root;
    return path == "/" ? std::nullopt : db.get<RootAbove>(source::fileAt(db, source::parentPath(path)));
}

std::string ManageFolder::run(query::Reader &db, source::File root)
{
    const std::string &path = db.read<&source::FileData::path>(root);
    if (isFile(db, inside(path, "manage.py")))
        return path;
    for (const source::Entry &entry : db.get<source::Listing>(root)) {
        const std::string folder = inside(path, entry.name);
        if (entry.kind == source::EntryKind::Directory && isFile(db, inside(folder, "manage.py"))
            && withoutPackage(db, folder) == path)
            return folder;
    }
    return path;
}

std::vector<std::string> RootsBelow::run(query::Reader &db, source::File folder)
{
    struct Folder {
        std::string path;
        std::string real; // as far as links from here on go
        int depth;
    };
    const std::string &first = db.read<&source::FileData::path>(folder);
    std::map<std::string, std::string> found; // the root that counts, by the real one
    std::vector<Folder> folders{{first, first, 0}};
    while (!folders.empty()) {
        const auto [top, real, depth] = std::move(folders.back());
        folders.pop_back();
        const std::vector<source::Entry> &entries = db.get<source::Listing>(source::fileAt(db, top));
        const auto holds = [&entries](std::string_view name) {
            return std::ranges::binary_search(entries, name, {}, &source::Entry::name);
        };
        if (holds("pyvenv.cfg"))
            continue; // an environment
        // Most folders hold neither, and so need no further input.
        if (auto root = holds("manage.py") || holds("pyproject.toml") ? rootAt(db, top) : std::nullopt) {
            // The root may be some folders above.
            std::string realRoot = real;
            for (std::string_view at = top; at != *root; at = source::parentPath(at))
                realRoot = source::parentPath(realRoot);
            const auto [known, isNew] = found.try_emplace(realRoot, *root);
            if (!isNew && known->second != realRoot && (*root == realRoot || *root < known->second))
                known->second = *std::move(root);
            continue;
        }
        for (const source::Entry &entry : entries) {
            if (entry.kind == source::EntryKind::Directory && depth < deepestRoot && !entry.name.starts_with('.')
                && entry.name != "node_modules")
                folders.push_back({inside(top, entry.name),
                                   entry.leadsTo.empty() ? inside(real, entry.name) : entry.leadsTo, depth + 1});
        }
    }
    std::vector<std::string> roots;
    for (auto &[real, root] : found)
        roots.push_back(std::move(root));
    std::ranges::sort(roots);
    return roots;
}

Project projectOf(query::Reader &db, Given given, std::string_view path)
{
    return projectAt(db, given, foundRoot(db, given, path));
}

Project projectAt(query::Reader &db, Given given, const std::string &root)
{
    const std::string first = foundRoot(db, given, db.read<&GivenData::folders>(given).front());
    const std::string shown = root == first ? std::string() : pathFrom(first, root);
    return db.intern<Project>(ProjectKey{root, shown, given});
}

} // namespace nuages::project
