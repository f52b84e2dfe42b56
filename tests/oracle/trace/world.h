#pragma once

#include "engine/source/memoryfilesystem.h"
#include "engine/trace/batch.h"

#include <functional>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace nuages::oracle {

using Random = std::mt19937;

/// One of `things`.
template <class Things>
auto pick(Random &random, const Things &things)
{
    return things[random() % std::size(things)];
}

/// Something that happened to a path.
struct Change {
    enum class Kind : std::uint8_t {
        Write, ///< The file on the disk has this text.
        Remove, ///< It is gone, with all below it.
        Open, ///< An editor has this text of it.
        Close, ///< No longer.
    };

    Kind kind = Kind::Write;
    std::string path; ///< Absolute.
    std::string text;
    trace::Revision revision = 0; ///< The first one in which the engine may know of it; 0: none yet.
};

/// All that ever happened to the files of a project: so that any revision can be set up again.
class World
{
public:
    void add(Change change) { m_changes.push_back(std::move(change)); }

    /// What was added since the last call is there from this revision on.
    void takeEffect(trace::Revision revision);

    /// What a path says in a revision: the editor's text, else the disk's; nullopt if there is none.
    std::optional<std::string> textAt(const std::string &path, trace::Revision revision) const;

    /// The texts that editors have open in a revision.
    std::map<std::string, std::string> openAt(trace::Revision revision) const;

    /// Does again to a disk what was done to it until then.
    void play(source::MemoryFileSystem &disk, trace::Revision revision) const;

    /// Whether anything happened in the revision to the path, to what is below it or above it.
    bool hasChangedIn(const std::string &path, trace::Revision revision) const;

private:
    std::vector<Change> m_changes;
    std::size_t m_inEffect = 0;
};

inline constexpr const char *projectRoot = "/p";

/// The files that every project has: a Django of a few names, manage.py, packages of apps.
std::map<std::string, std::string> groundWork();

// Texts made by chance of few names, so that they often speak of each other.

std::vector<std::string> pagePaths(); ///< Of all templates that there may be.
std::vector<std::string> libraryPaths();
std::string settingsPath();
std::string pageText(Random &random);
std::string libraryText(Random &random);
std::string settingsText(Random &random);

/// What may be typed into a template.
std::string typedText(Random &random);

} // namespace nuages::oracle
