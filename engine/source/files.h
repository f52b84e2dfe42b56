#pragma once

#include "engine/query/hash.h"
#include "engine/source/file.h"
#include "engine/source/knownpaths.h"
#include "engine/source/sighting.h"
#include "engine/source/text.h"

#include <boost/unordered/concurrent_flat_map.hpp>
#include <boost/unordered/unordered_flat_map.hpp>

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::source {

/// Every path that was ever asked for, and what is known of it beside the inputs: the outside world of the queries.
///
/// Attach one to the engine before the first ticket. Two kinds of functions, two rules:
///
/// - those that take a Reader may run on any number of threads at once;
/// - those that take a Transaction are the owner's, and run while nobody reads.
///
/// What the queries see of a file is decided by its stamp alone. The owner sets a stamp only when other bytes are
/// meant than those some memo has used, so that opening a file with the disk's text, or touching it, is no revision.
/// The protocol and what it guarantees: engine/source/README.md, "Reading a file inside a query".
class Files
{
public:
    /// A part of the disk whose files change about as often as each other.
    struct Root {
        std::string path;
        query::Durability durability = query::Durability::Low;
    };

    /// Larger files are Unreadable. No template or module comes near it.
    static constexpr std::size_t sizeLimit = 16 << 20; // bytes

    /// `disk` must outlive the Files.
    explicit Files(FileSystem &disk) : m_disk(disk), m_paths(disk) { }

    /// Where the durability of files comes from: the longest root a path is under, Low outside all of them. Python
    /// modules, files of configuration and folders are at least Medium wherever they are, and what lies in a folder
    /// called site-packages or dist-packages below its root is High. Call before the first reader; a file keeps what it
    /// was born with.
    void setRoots(std::vector<Root> roots);

    /// The file of a path, born now with what the disk says if nobody has asked before. The same path gives the same
    /// file, on every thread and for ever.
    File at(query::Reader &db, std::string_view path);

    /// The bytes that `path` stands for in this revision, by the read protocol. `status` as the file's input says.
    Text readText(query::Reader &db, const std::string &path, Status status);

    /// The entries of the directory, sorted by name, by the same protocol. Open editor texts make no entries: a file
    /// that was never saved is found by its path only.
    std::vector<Entry> readEntries(query::Reader &db, const std::string &path, Status status);

    /// From now on the path has this text, whatever the disk says, and so has every name that links give to it, unless
    /// that has an overlay of its own.
    void setOverlay(query::Transaction &tx, std::string_view path, Text text);

    /// From now on the path has the disk's text again.
    void removeOverlay(query::Transaction &tx, std::string_view path);

    bool hasOverlay(std::string_view path) const { return m_overlays.contains(path); }

    /// What is known of a path without asking a query, for those who show it.
    struct View {
        File file;
        Status status = Status::Absent;
    };

    /// Nullopt if no query has asked for the path yet. Any thread.
    std::optional<View> view(std::string_view path) const;

    /// Whether the disk holds the bytes of the path's overlay. Reads the disk; nullopt if there is no overlay, or no
    /// file that can be read. Owner.
    std::optional<bool> overlayEqualsDisk(const std::string &path) const;

    /// Something may have happened to the paths: compares each, its directory and all that is known below it with what
    /// is known, under every name that links give to it; and the folders above that came or went with it. A path that
    /// nobody asked for costs next to nothing. An overlay wins over the disk.
    ///
    /// What is only below a path is read again if its size, time or inode differ.
    void lookAgain(query::Transaction &tx, std::span<const std::string> paths);
    void lookAgain(query::Transaction &tx, std::string_view path);

    /// Whether a query may have asked for the path or for something below it, by whatever name. Owner.
    bool isAskedFor(const std::string &path) const;

    /// Whether a query may have asked for the entries of the folder, by whatever name. Owner.
    bool isListed(const std::string &folder) const;

    /// The folders that whoever watches the disk has to watch, so that lookAgain() can be called for what changes in
    /// them: see KnownPaths::takeFolders().
    std::vector<std::string> takeFolders(query::Transaction &tx);

    /// Whether takeFolders() has something to say. Owner.
    bool hasFolders() const;

    /// A text that a query has taken from the disk.
    struct Reading {
        std::string path;
        query::Revision revision = 0;
        Text text;
    };

    /// From now on what readers take is kept for takeReadings(), or no longer. Owner, while nobody reads.
    void keepReadings(bool keeps) { m_keepsReadings = keeps; }

    /// What was taken since the last call. Any thread.
    std::vector<Reading> takeReadings();

    /// The paths at which a reader found other bytes than those that are meant, sorted, each once, and forgets them.
    /// The owner looks again at each in its next transaction. Any thread.
    std::vector<std::string> takeDoubted();

private:
    /// What is known of a file beside its input, and may change within a revision because no value depends on it.
    struct Known {
        File file;
        Status status = Status::Absent; // Invariant: the input's.
        /// The state of the disk in which the bytes that are meant were last seen. While the text is unknown it may
        /// move on without a revision: nobody has used the bytes.
        DiskStamp seen;
        /// The bytes that are meant. Invariant: unless doubted, no value holds bytes of the file while this is empty.
        std::optional<ContentHash> content;
        bool isDoubted = false; ///< Some value holds bytes that are not known to be those that are meant.
    };

    /// The same in less room: of most paths that are asked for nothing is there.
    class PackedKnown
    {
    public:
        explicit PackedKnown(const Known &known)
            : m_file(known.file), m_status(known.status), m_isDoubted(known.isDoubted)
        {
            if (known.seen != DiskStamp() || known.content)
                m_sight = std::make_unique<const Sight>(Sight{known.seen, known.content});
        }

        File file() const { return m_file; }
        Known known() const
        {
            const Sight sight = m_sight ? *m_sight : Sight();
            return {m_file, m_status, sight.seen, sight.content, m_isDoubted};
        }

    private:
        struct Sight {
            DiskStamp seen;
            std::optional<ContentHash> content;
        };

        File m_file;
        Status m_status;
        bool m_isDoubted;
        std::unique_ptr<const Sight> m_sight; ///< Null for one in which nothing is set.
    };

    /// A path that was given an overlay, and all the names that have it.
    struct Overlaid {
        Text text;
        std::vector<std::string> names; // the path among them
    };

    /// How closely to look.
    enum class Look : std::uint8_t {
        Bytes, ///< Reads what some value holds.
        Stamp, ///< If the disk says the same of it as before, it is the same.
    };

    const Root *rootOf(std::string_view path) const;
    File born(query::Reader &db, const std::string &path);
    FileState stateOf(const std::string &path);
    template <class T>
    std::optional<T> take(query::Reader &db, const std::string &path, Sighting<T> sighting);
    std::optional<Known> known(std::string_view path) const;
    void look(query::Transaction &tx, const std::string &path, Look how = Look::Bytes);
    void learnPaths(query::Transaction &tx);
    bool hasNewPaths() const;
    void change(query::Transaction &tx, const std::string &path, const Known &now);
    void keep(const std::string &path, const Known &now);
    const Text *overlayOf(const std::string &path);
    void overlay(query::Transaction &tx, const std::string &name, const Text &text);
    void spreadOverlays(query::Transaction &tx);

    FileSystem &m_disk;
    std::vector<Root> m_roots; // longest path first
    boost::concurrent_flat_map<std::string, PackedKnown, query::SeededHash, std::equal_to<>> m_index;
    // Changed only by the owner while nobody reads, so readers take no lock.
    boost::unordered_flat_map<std::string, Text, query::SeededHash, std::equal_to<>> m_overlays;
    std::map<std::string, Overlaid> m_overlaid; // the owner's; m_overlays are the texts of all their names
    std::uint32_t m_lastEdition = 0; // the owner's

    KnownPaths m_paths; // the owner's; without those in m_born

    std::atomic<bool> m_keepsReadings = false;
    mutable std::mutex m_mutex; // guards what readers leave to the owner
    std::vector<Reading> m_readings;
    std::vector<std::string> m_doubted;
    std::vector<File> m_born;
};

/// The file of an absolute path: see Files::at(). No dependency is recorded, as the answer never changes; reading the
/// file's fields does that.
File fileAt(query::Reader &db, std::string_view path);

} // namespace nuages::source
