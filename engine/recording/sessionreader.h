#pragma once

#include "engine/recording/database.h"
#include "engine/recording/format.h"
#include "engine/trace/store.h"

#include <expected>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace nuages::recording {

/// One thing of a session.
using Entry = std::variant<trace::Batch, Message>;

/// Reads a session, which may still be written by another process: as it was when it was opened.
///
/// Nothing in the file is believed: it may be damaged, or made by anybody. Belongs to one thread at a time.
class SessionReader
{
public:
    /// A sentence if it cannot be read.
    static std::expected<SessionReader, std::string> open(const std::string &path);

    const About &about() const { return m_about; }

    trace::Revision firstRevision() const { return m_firstRevision; } ///< What was before is not in it any more.
    trace::Revision lastRevision() const { return m_lastRevision; }

    /// The next thing, in the order in which it happened; nothing at the end, and a sentence where the file is damaged.
    std::expected<std::optional<Entry>, std::string> next();

    /// Begins again.
    void rewind();

    /// What happened in a revision; less than that, or nothing, where it is not in the file any more.
    std::expected<trace::RevisionEvents, std::string> happenedIn(trace::Revision revision);

private:
    SessionReader(std::string path, std::unique_ptr<Database> database);

    std::unexpected<std::string> damaged(std::string_view fault) const;
    bool nextChunk();
    std::expected<std::optional<Entry>, std::string> nextBatch();
    std::shared_ptr<const std::string> textOf(std::int64_t source, bool mayHaveBase = true);

    std::string m_path;
    std::unique_ptr<Database> m_database; // before the statements
    About m_about;
    trace::Revision m_firstRevision = 0;
    trace::Revision m_lastRevision = 0;

    Statement m_chunks;
    Statement m_messages;
    Statement m_readings;
    Statement m_sources;
    std::optional<bool> m_hasMessage; ///< Whether `m_messages` stands on one; none before the first look.
    std::string m_chunk;
    std::string_view m_rest; ///< Of `m_chunk`.
    std::int64_t m_place = 0; ///< Of the next batch.
    std::int64_t m_chunkLast = 0;
    trace::NodeId m_lastNode = 0;
    trace::Revision m_revision = 0; ///< Of the batch before.
    std::map<std::int64_t, std::shared_ptr<const std::string>> m_bases; ///< Texts that others differ from.
    std::map<std::int64_t, std::weak_ptr<const std::string>> m_texts;
};

} // namespace nuages::recording
