#include "engine/python/findmodule.h"

#include "engine/source/files.h"
#include "engine/source/queries.h"

#include <algorithm>

namespace nuages::python {

namespace {

source::Status statusOf(query::Reader &db, const std::string &path)
{
    return db.read<&source::FileData::status>(source::fileAt(db, path));
}

bool isFile(query::Reader &db, const std::string &path) { return statusOf(db, path) == source::Status::Regular; }

/// A shared library `name.so` or `name.cpython-313-x86_64-linux-gnu.so` in `folder`.
bool hasCompiled(query::Reader &db, const std::string &folder, std::string_view name)
{
    const std::string start = std::string(name) + '.';
    return std::ranges::any_of(db.get<source::Listing>(source::fileAt(db, folder)), [&](const source::Entry &entry) {
        return entry.kind == source::EntryKind::Regular && entry.name.starts_with(start) && entry.name.ends_with(".so");
    });
}

/// `name` in the first of `folders` that has it; what only looks like a namespace waits for the rest.
std::optional<ModuleLocation> findIn(query::Reader &db, std::span<const std::string> folders, std::string_view name)
{
    ModuleLocation asNamespace{ModuleLocation::Form::Namespace, {}, {}};
    for (const std::string &folder : folders) {
        const std::string base = folder + '/' + std::string(name);
        const bool isFolder = statusOf(db, base) == source::Status::Directory;
        if (isFolder && isFile(db, base + "/__init__.py"))
            return ModuleLocation{ModuleLocation::Form::Package, base + "/__init__.py", {base}};
        if (isFile(db, base + ".py"))
            return ModuleLocation{ModuleLocation::Form::Module, base + ".py", {}};
        if (isFolder)
            asNamespace.folders.push_back(base);
    }
    // Last, as it costs a listing and only few modules are compiled.
    for (const std::string &folder : folders) {
        if (hasCompiled(db, folder, name))
            return ModuleLocation{ModuleLocation::Form::Compiled, {}, {}};
    }
    if (asNamespace.folders.empty())
        return std::nullopt;
    return asNamespace;
}

} // namespace

std::optional<ModuleLocation> findModule(query::Reader &db, std::span<const std::string> searchPath,
                                         std::string_view dotted)
{
    std::vector<std::string> folders(searchPath.begin(), searchPath.end());
    while (true) {
        const std::size_t dot = dotted.find('.');
        const std::string_view name = dotted.substr(0, dot);
        if (name.empty() || name.find('/') != name.npos)
            return std::nullopt;
        std::optional<ModuleLocation> found = findIn(db, folders, name);
        if (!found || dot == dotted.npos)
            return found;
        folders = std::move(found->folders);
        dotted.remove_prefix(dot + 1);
    }
}

std::optional<std::string> absoluteModuleName(std::string_view package, std::string_view name)
{
    const std::size_t dots = std::min(name.find_first_not_of('.'), name.size());
    if (dots == 0)
        return std::string(name);
    for (std::size_t i = 1; i < dots; ++i) {
        const std::size_t dot = package.rfind('.');
        if (dot == package.npos)
            return std::nullopt;
        package = package.substr(0, dot);
    }
    if (package.empty())
        return std::nullopt;
    std::string absolute(package);
    if (dots < name.size())
        absolute.append(".").append(name.substr(dots));
    return absolute;
}

} // namespace nuages::python
