#pragma once

#include "engine/recording/database.h"
#include "engine/recording/format.h"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <map>
#include <memory>
#include <string>

namespace nuages::recording {

/// A file of its own with all that is committed in another, in the place of what is there; a sentence about what went
/// wrong.
std::expected<void, std::string> copySession(const std::string &from, const std::string &to);

/// Writes one session into a new file. What was committed stays if the program is killed.
///
/// Belongs to one thread. After a fault it does nothing more; what was written before can still be read.
class SessionWriter
{
public:
    struct Limits {
        std::uint64_t bytes = std::uint64_t{512} << 20; ///< The oldest goes when the file grows beyond that.
        std::size_t chunkBytes = std::size_t{256} << 10; ///< Of batches that are compressed together.
    };

    SessionWriter(std::string path, const About &about, Limits limits);
    SessionWriter(const SessionWriter &) = delete;
    SessionWriter &operator=(const SessionWriter &) = delete;

    /// Those of one recorder, in order.
    void add(const trace::Batch &batch);
    void add(const Message &message);

    /// Makes what was added stay.
    void commit();

    /// Commits, and makes it one file without others beside it. The last call.
    void end();

    /// A sentence with the path; nullopt while all is well.
    std::optional<std::string> fault() const;

private:
    struct Base {
        std::int64_t source = 0;
        std::shared_ptr<const std::string> text;
    };

    void begin();
    void writeChunk();
    void startChunk();
    void addTexts(const trace::Batch &batch);
    std::int64_t sourceOf(const std::string &path, const std::shared_ptr<const std::string> &text);
    void writeCounters();
    std::uint64_t usedBytes();
    void thin();
    void foldUntil(std::int64_t last);

    std::string m_path;
    Limits m_limits;
    Database m_database;
    Statement m_insertChunk;
    Statement m_insertReading;
    Statement m_findSource;
    Statement m_insertSource;
    Statement m_insertMessage;
    Statement m_insertCounter;

    bool m_isWriting = false; ///< Within a transaction.
    std::int64_t m_first = 1; ///< Place of the first batch in the present chunk.
    std::int64_t m_last = 0; ///< Place of the last batch.
    std::string m_chunk; ///< The present one, which grows until it has its size.
    trace::Revision m_firstRevision = 0; ///< Of the chunk.
    trace::Revision m_lastRevision = 0;
    std::vector<trace::KindTotal> m_kinds; ///< Of the last batch.
    std::map<std::string, Base> m_bases; ///< By path: the text that later ones are told as differences from.
};

} // namespace nuages::recording
