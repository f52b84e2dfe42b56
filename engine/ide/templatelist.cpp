#include "engine/ide/templatelist.h"

#include "engine/project/templates/directories.h"
#include "engine/project/templates/projecttemplates.h"
#include "engine/source/files.h"
#include "engine/source/queries.h"

#include <algorithm>
#include <ranges>
#include <string_view>

namespace nuages::ide {

namespace {

constexpr int deepestFolder = 32; // also ends a circle of links

void list(query::Reader &db, const std::string &root, const std::string &below, int depth,
          std::vector<NamedTemplate> &into)
{
    if (depth > deepestFolder)
        return;
    const std::string folder = below.empty() ? root : root + "/" + below;
    for (const source::Entry &entry : db.get<source::Listing>(source::fileAt(db, folder))) {
        std::string name = below.empty() ? entry.name : below + "/" + entry.name;
        std::string path = root + "/" + name;
        if (entry.kind == source::EntryKind::Directory) {
            if (!entry.name.starts_with('.') && entry.name != "__pycache__")
                list(db, root, name, depth + 1, into);
        } else if (entry.kind == source::EntryKind::Regular && !entry.name.ends_with(".py")
                   && !project::isSkeleton(path)) {
            into.push_back({std::move(name), std::move(path), Origin::Own});
        }
    }
}

} // namespace

std::vector<NamedTemplate> TemplateList::run(query::Reader &db, project::Project project)
{
    std::vector<NamedTemplate> all;
    for (const std::string &root : db.get<project::TemplateDirectories>(project).directories)
        list(db, root, {}, 0, all);
    std::ranges::stable_sort(all, {}, &NamedTemplate::name); // of equal names the first directory's stays in front
    const auto doubles = std::ranges::unique(all, {}, &NamedTemplate::name);
    all.erase(doubles.begin(), doubles.end());
    for (NamedTemplate &named : all)
        named.origin = originOf(db, project, named.path);
    std::ranges::stable_sort(all, {}, &NamedTemplate::origin);
    return all;
}

} // namespace nuages::ide
