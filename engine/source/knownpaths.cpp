#include "engine/source/knownpaths.h"

#include "engine/source/path.h"

#include <algorithm>
#include <iterator>
#include <ranges>
#include <utility>

namespace nuages::source {

namespace {

/// As many links as the system follows for one path.
constexpr int linkLimit = 40;

std::string joined(std::string_view folder, std::string_view name)
{
    std::string path(folder == "/" ? std::string_view() : folder);
    path += '/';
    path += name;
    return path;
}

std::string_view nameOf(std::string_view path) { return path.substr(path.rfind('/') + 1); }

/// The keys below `folder`, in a container that is sorted by path.
template <class Sorted>
auto keysBelow(Sorted &sorted, const std::string &folder)
{
    const std::string stem = folder == "/" ? std::string() : folder;
    const auto first = sorted.upper_bound(stem + "/"); // which is the folder itself if that is the root
    return std::ranges::subrange(first, sorted.lower_bound(stem + "0")); // in ASCII '0' follows on '/'
}

/// Calls `fn` for the path, then for each folder above it up to the root, until it returns false.
template <class Fn>
void forEachAbove(std::string_view path, Fn fn)
{
    while (fn(path) && path.size() > 1)
        path = parentPath(path);
}

/// Where a path leads.
struct Way {
    std::string real;
    std::vector<std::string> places; ///< Those of all links on it, and `real`. Empty if it passes no link.
};

// The components that are still to be walked are a stack, as the target of a link comes before what follows the link.
Way follow(FileSystem &disk, std::string_view realFolder, std::string_view path)
{
    Way way;
    way.real = realFolder;
    std::vector<std::string> ahead;
    const auto walk = [&ahead](std::string_view parts) {
        const auto first = std::ptrdiff_t(ahead.size());
        for (const auto part : std::views::split(parts, '/'))
            ahead.emplace_back(std::string_view(part));
        std::reverse(ahead.begin() + first, ahead.end());
    };
    walk(path);
    int links = 0;
    while (!ahead.empty()) {
        const std::string part = std::move(ahead.back());
        ahead.pop_back();
        if (part.empty() || part == ".")
            continue;
        if (part == "..") {
            way.real = std::string(parentPath(way.real));
            continue;
        }
        std::string next = joined(way.real, part);
        std::optional<std::string> target = links < linkLimit ? disk.linkTarget(next) : std::nullopt;
        if (!target) {
            way.real = std::move(next);
            continue;
        }
        ++links;
        if (target->starts_with('/'))
            way.real = "/";
        walk(*target);
        way.places.push_back(std::move(next));
    }
    if (links > 0)
        way.places.push_back(way.real);
    return way;
}

} // namespace

std::string realPath(FileSystem &disk, std::string_view path) { return follow(disk, "/", path).real; }

KnownPaths::KnownPaths(FileSystem &disk) : m_disk(disk) { m_folders["/"].real = "/"; }

std::string KnownPaths::realOf(const std::string &path) const
{
    std::vector<std::string_view> unknown;
    std::string real;
    forEachAbove(path, [&](std::string_view above) {
        const auto found = m_folders.find(above);
        if (found == m_folders.end()) {
            unknown.push_back(nameOf(above));
            return true;
        }
        real = found->second.real;
        return false;
    });
    for (const std::string_view name : unknown | std::views::reverse)
        real = follow(m_disk, real, name).real;
    return real;
}

KnownPaths::Folder &KnownPaths::folderAt(const std::string &path)
{
    std::vector<std::string> unknown;
    auto above = m_folders.end();
    forEachAbove(path, [&](std::string_view each) {
        above = m_folders.find(each);
        if (above == m_folders.end())
            unknown.emplace_back(each);
        return above == m_folders.end();
    });
    for (std::string &folder : unknown | std::views::reverse) {
        std::string real = learnWay(folder, above->second.real);
        watch(real);
        above = m_folders.try_emplace(std::move(folder), Folder{std::move(real), {}}).first;
    }
    return above->second;
}

/// Returns where `path` leads. It may have been learnt before, also for the sake of a folder or of another name.
std::string KnownPaths::learnWay(const std::string &path, std::string_view realFolder)
{
    forgetWay(path);
    Way way = follow(m_disk, realFolder, nameOf(path));
    if (!way.places.empty()) {
        for (const std::string &place : way.places) {
            m_namesAt.emplace(place, path);
            watch(std::string(parentPath(place)));
        }
        m_placesOf.insert_or_assign(path, std::move(way.places));
    }
    return way.real;
}

void KnownPaths::forgetWay(const std::string &path)
{
    const auto node = m_placesOf.extract(path);
    if (node.empty())
        return;
    for (const std::string &place : node.mapped()) {
        const auto [first, last] = m_namesAt.equal_range(place);
        const auto found = std::find_if(first, last, [&path](const auto &entry) { return entry.second == path; });
        if (found != last)
            m_namesAt.erase(found);
    }
}

/// What is handed out already is handed out again, but not what is above it.
void KnownPaths::watch(const std::string &folder)
{
    m_toWatch.push_back(folder);
    forEachAbove(folder, [this](std::string_view each) {
        const bool isNew = m_watched.emplace(each).second;
        if (isNew)
            m_toWatch.emplace_back(each);
        return isNew;
    });
}

void KnownPaths::add(const std::string &path)
{
    if (path == "/")
        return; // it has no folder, and is never away
    Folder &folder = folderAt(std::string(parentPath(path)));
    folder.names.emplace_back(nameOf(path));
    if (!m_folders.contains(path))
        learnWay(path, folder.real);
}

std::vector<std::string> KnownPaths::namesOf(const std::string &path) const
{
    std::vector<std::string> names{path};
    if (path == "/")
        return names;
    const auto addNamesAt = [&](const std::string &place) {
        names.push_back(place);
        forEachAbove(place, [&](std::string_view above) {
            const std::string_view rest = std::string_view(place).substr(above.size());
            for (auto [at, last] = m_namesAt.equal_range(above); at != last; ++at)
                names.push_back(at->second + std::string(rest));
            return true;
        });
        for (const auto &[at, name] : keysBelow(m_namesAt, place))
            names.push_back(name);
    };
    const std::string place = joined(realOf(std::string(parentPath(path))), nameOf(path));
    addNamesAt(place);
    if (std::string real = follow(m_disk, parentPath(place), nameOf(place)).real; real != place)
        addNamesAt(real); // `path` is a link itself
    std::ranges::sort(names);
    names.erase(std::ranges::unique(names).begin(), names.end());
    return names;
}

void KnownPaths::forEachFolder(const std::string &top, const std::function<void(const std::string &, Folder &)> &fn)
{
    if (const auto found = m_folders.find(top); found != m_folders.end())
        fn(found->first, found->second);
    for (auto &[path, folder] : keysBelow(m_folders, top))
        fn(path, folder);
}

void KnownPaths::visitBelow(const std::string &top, const std::function<void(const std::string &)> &visit) const
{
    const auto visitAll = [&visit](const auto &entry) {
        for (const std::string &name : entry.second.names)
            visit(joined(entry.first, name));
    };
    if (const auto found = m_folders.find(top); found != m_folders.end())
        visitAll(*found);
    std::ranges::for_each(keysBelow(m_folders, top), visitAll);
}

void KnownPaths::followAgain(const std::string &path)
{
    const std::string place = path == "/" ? path : joined(realOf(std::string(parentPath(path))), nameOf(path));
    if (m_watched.contains(place))
        m_toWatch.push_back(place);
    std::ranges::copy(keysBelow(m_watched, place), std::back_inserter(m_toWatch));
    const auto above = m_folders.find(parentPath(path));
    if (above == m_folders.end())
        return; // nothing of it is known
    if (!m_folders.contains(path))
        learnWay(path, above->second.real);
    // A folder comes before what is in it, so that its own place is right by then.
    forEachFolder(path, [&](const std::string &name, Folder &folder) {
        if (name != "/") {
            folder.real = learnWay(name, m_folders.find(parentPath(name))->second.real);
            watch(folder.real);
        }
        for (const std::string &each : folder.names) {
            if (const std::string leaf = joined(name, each); !m_folders.contains(leaf))
                learnWay(leaf, folder.real);
        }
    });
}

std::vector<std::string> KnownPaths::takeFolders()
{
    std::ranges::sort(m_toWatch);
    m_toWatch.erase(std::ranges::unique(m_toWatch).begin(), m_toWatch.end());
    return std::exchange(m_toWatch, {});
}

} // namespace nuages::source
