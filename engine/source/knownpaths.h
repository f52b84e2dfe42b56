#pragma once

#include "engine/source/filesystem.h"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::source {

/// Where an absolute path leads: the same without a link in it. What is not there counts as no link. Any thread.
std::string realPath(FileSystem &disk, std::string_view path);

/// The paths that queries have asked for, in order, and the links among them.
///
/// One file has several names where links lead to it, and whoever tells of a change uses any of them. This class knows
/// each asked-for name together with the places on the disk that it passes through: every link on the way, and the
/// end. A place is canonical: no folder above it is a link.
///
/// Absent paths are known like others. All paths are absolute and normal. Belongs to the owner.
class KnownPaths
{
public:
    /// `disk` must outlive this.
    explicit KnownPaths(FileSystem &disk);

    /// A query has asked for `path`, for the first time.
    void add(const std::string &path);

    /// What `path` is called by those who asked for it or for something below it, and `path` itself. No name is below
    /// another one, unless both are needed. Costs a look at each folder above it that is not known, and a search.
    std::vector<std::string> namesOf(const std::string &path) const;

    /// How many of the names asked for, and of the folders above them, are links.
    std::size_t linkCount() const { return m_placesOf.size(); }

    /// Whether something below `path` was asked for by this name.
    bool isFolder(std::string_view path) const { return m_folders.contains(path); }

    /// Calls `visit` with each path asked for that is below `folder` by name, in the order of their folders.
    void visitBelow(const std::string &folder, const std::function<void(const std::string &)> &visit) const;

    /// Something may have changed at `path`, which was asked for or is above what was: finds out again where it, and
    /// all that is below it, leads. What must be watched there is handed out again.
    void followAgain(const std::string &path);

    /// The folders in which a change may matter: those of the paths asked for and of the links on the way, with all
    /// folders above them. Each once, and again when it may be another one; sorted. Canonical; some may be absent.
    std::vector<std::string> takeFolders();
    bool hasFolders() const { return !m_toWatch.empty(); }

private:
    struct Folder {
        std::string real; ///< The place where it is, or would be.
        std::vector<std::string> names; ///< Of the paths asked for in it.
    };

    std::string realOf(const std::string &path) const;
    Folder &folderAt(const std::string &path);
    std::string learnWay(const std::string &path, std::string_view realFolder);
    void forgetWay(const std::string &path);
    void watch(const std::string &folder);
    void forEachFolder(const std::string &top, const std::function<void(const std::string &, Folder &)> &fn);

    FileSystem &m_disk;
    std::map<std::string, Folder, std::less<>> m_folders; ///< Invariant: with each folder all those above it.
    std::map<std::string, std::vector<std::string>, std::less<>>
        m_placesOf; ///< By name: its Way::places, of links only.
    std::multimap<std::string, std::string, std::less<>> m_namesAt; ///< The same by place.
    std::set<std::string, std::less<>> m_watched; ///< All that takeFolders() has handed out or will.
    std::vector<std::string> m_toWatch;
};

} // namespace nuages::source
