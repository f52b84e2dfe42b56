#include "engine/recording/sessionreader.h"

#include "engine/recording/compress.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <utility>

namespace nuages::recording {

namespace {

/// A chunk ends with the batch that makes it large.
constexpr std::int64_t maxChunkBytes = std::int64_t{trace::maxWireBytes} * 2;

/// The batches of a chunk; something that is none if it is damaged.
std::string unpack(std::int64_t size, std::string_view packed)
{
    const bool isSize = size >= 0 && size <= maxChunkBytes;
    auto unpacked = isSize ? decompress(packed, static_cast<std::size_t>(size)) : std::nullopt;
    return unpacked && !unpacked->empty() ? *std::move(unpacked) : std::string("\0", 1);
}

std::optional<std::string> whatIsWrong(const std::string &path, Database &database)
{
    const std::int64_t application = database.number("PRAGMA application_id");
    const std::int64_t version = database.number("PRAGMA user_version");
    const bool isForeign = !database.isGood() && database.fault()->contains("not a database");
    if (isForeign || (database.isGood() && application != applicationId))
        return path + " is no session that Nuages has recorded.";
    if (!database.isGood())
        return path + " cannot be read: " + *database.fault() + '.';
    if (version < oldestReadable || version > formatVersion) {
        return path + " is a session in format " + std::to_string(version) + ", and this program reads formats "
            + std::to_string(oldestReadable) + " to " + std::to_string(formatVersion) + '.';
    }
    return std::nullopt;
}

/// A number that may be anything, as a revision.
trace::Revision revisionOf(std::int64_t number)
{
    return static_cast<trace::Revision>(
        std::clamp<std::int64_t>(number, 0, std::numeric_limits<trace::Revision>::max()));
}

} // namespace

std::expected<SessionReader, std::string> SessionReader::open(const std::string &path)
{
    std::error_code code;
    if (!std::filesystem::is_regular_file(path, code))
        return std::unexpected(path + (code ? ": " + code.message() + '.' : " is no file."));
    auto database = std::make_unique<Database>(path, Database::Mode::Read);
    database->run("BEGIN"); // it stays as it is now, whoever writes
    if (auto wrong = whatIsWrong(path, *database))
        return std::unexpected(*std::move(wrong));
    SessionReader reader(path, std::move(database));
    if (!reader.m_database->isGood())
        return reader.damaged(*reader.m_database->fault());
    return reader;
}

SessionReader::SessionReader(std::string path, std::unique_ptr<Database> database)
    : m_path(std::move(path)), m_database(std::move(database)),
      m_chunks(*m_database, "SELECT first, last, size, batches FROM chunk ORDER BY first"),
      m_messages(*m_database, "SELECT batch, at, direction, body FROM message ORDER BY id"),
      m_readings(*m_database, "SELECT path, revision, source FROM reading WHERE batch = ? ORDER BY place"),
      m_sources(*m_database, "SELECT base, size, text FROM source WHERE id = ?")
{
    Statement about(*m_database, "SELECT name, value FROM about");
    while (about.step()) {
        if (about.bytes(0) == "program")
            m_about.program = about.bytes(1);
        else if (about.bytes(0) == "workspace")
            m_about.workspace = about.bytes(1);
        else if (about.bytes(0) == "started")
            m_about.started = about.number(1);
    }
    m_firstRevision = revisionOf(m_database->number("SELECT min(firstRevision) FROM chunk"));
    m_lastRevision = revisionOf(m_database->number("SELECT max(lastRevision) FROM chunk"));
}

std::unexpected<std::string> SessionReader::damaged(std::string_view fault) const
{
    return std::unexpected(m_path + " is damaged after revision " + std::to_string(m_revision) + ": "
                           + std::string(fault) + (fault.ends_with('.') ? "" : "."));
}

void SessionReader::rewind()
{
    m_chunks.rewind();
    m_messages.rewind();
    m_hasMessage.reset();
    m_rest = {};
    m_place = m_chunkLast = 0;
    m_lastNode = 0;
    m_revision = 0;
}

std::expected<trace::RevisionEvents, std::string> SessionReader::happenedIn(trace::Revision revision)
{
    constexpr int laterChunks = 2; // A batch tells of what had ended when it was taken; a reader may be late.
    Statement chunks(*m_database,
                     "SELECT size, batches, firstRevision FROM chunk WHERE lastRevision >= ? ORDER BY first");
    chunks.bind(std::int64_t{revision});
    trace::RevisionEvents found;
    const auto isOfIt = [revision](const auto &each) { return each.revision == revision; };
    for (int later = 0; later <= laterChunks && chunks.step();) {
        later += chunks.number(2) > std::int64_t{revision};
        const std::string unpacked = unpack(chunks.number(0), chunks.bytes(1));
        for (std::string_view rest = unpacked; !rest.empty();) {
            const auto batch = trace::decode(takeFrom(rest));
            if (!batch)
                return damaged(batch.error());
            std::ranges::copy_if(batch->executions, std::back_inserter(found.executions), isOfIt);
            std::ranges::copy_if(batch->waits, std::back_inserter(found.waits), isOfIt);
        }
    }
    if (!m_database->isGood())
        return damaged(*m_database->fault());
    return found;
}

std::expected<std::optional<Entry>, std::string> SessionReader::next()
{
    if (!m_hasMessage)
        m_hasMessage = m_messages.step();
    const bool isAtEnd = m_rest.empty() && !nextChunk();
    if (!m_database->isGood())
        return damaged(*m_database->fault());
    if (*m_hasMessage && (isAtEnd || m_messages.number(0) < m_place)) {
        Message message{.at = m_messages.number(1),
                        .isFromClient = m_messages.bytes(2) == "from client",
                        .body = std::string(m_messages.bytes(3))};
        m_hasMessage = m_messages.step();
        return std::optional<Entry>(std::move(message));
    }
    if (isAtEnd)
        return std::nullopt;
    return nextBatch();
}

/// What is wrong with a chunk is told with its first batch.
bool SessionReader::nextChunk()
{
    if (!m_chunks.step())
        return false;
    m_place = m_chunks.number(0);
    m_chunkLast = m_chunks.number(1);
    m_chunk = unpack(m_chunks.number(2), m_chunks.bytes(3));
    m_rest = m_chunk;
    return true;
}

std::expected<std::optional<Entry>, std::string> SessionReader::nextBatch()
{
    const std::string_view bytes = takeFrom(m_rest);
    if (bytes.empty())
        return damaged("a part of it is not what was written.");
    auto batch = trace::decode(bytes);
    if (!batch)
        return damaged(batch.error());
    if (const auto follows = trace::follows(*batch, m_lastNode); !follows)
        return damaged(follows.error());
    m_readings.bind(m_place);
    while (m_readings.step()) {
        auto text = textOf(m_readings.number(2));
        if (!text)
            return damaged("the text of a file is not what was written.");
        batch->texts.push_back({std::string(m_readings.bytes(0)), revisionOf(m_readings.number(1)), std::move(text)});
    }
    m_readings.rewind();
    ++m_place;
    m_lastNode += static_cast<trace::NodeId>(batch->nodes.size());
    m_revision = batch->revision;
    return std::optional<Entry>(*std::move(batch));
}

/// Null if it is not there or damaged. A difference is one from a whole text.
std::shared_ptr<const std::string> SessionReader::textOf(std::int64_t source, bool mayHaveBase)
{
    if (auto known = m_texts[source].lock())
        return known;
    m_sources.bind(source);
    if (!m_sources.step()) {
        m_sources.rewind();
        return nullptr;
    }
    const std::int64_t base = m_sources.isNothing(0) ? 0 : m_sources.number(0);
    const std::int64_t size = m_sources.number(1);
    const std::string packed(m_sources.bytes(2));
    m_sources.rewind();
    if (size < 0 || size > maxChunkBytes || (base != 0 && !mayHaveBase))
        return nullptr;
    std::shared_ptr<const std::string> baseText;
    if (base != 0) {
        baseText = textOf(base, false);
        if (!baseText)
            return nullptr;
        m_bases[base] = baseText;
    }
    auto unpacked = decompress(packed, static_cast<std::size_t>(size), baseText ? *baseText : std::string_view());
    if (!unpacked)
        return nullptr;
    auto text = std::make_shared<const std::string>(*std::move(unpacked));
    m_texts[source] = text;
    return text;
}

} // namespace nuages::recording
