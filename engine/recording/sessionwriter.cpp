#include "engine/recording/sessionwriter.h"

#include "engine/recording/compress.h"
#include "engine/recording/fold.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <array>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

namespace nuages::recording {

namespace {

/// A difference is worth it if it is that much shorter than the text.
constexpr std::size_t worthwhile = 16;

/// After thinning so many parts of eight are left, so that it is seldom done.
constexpr std::uint64_t keptEighths = 7;
constexpr std::uint64_t eighths = 8;

std::string hashOf(std::string_view text)
{
    const XXH128_hash_t hash = XXH3_128bits(text.data(), text.size());
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, hash);
    std::array<char, sizeof canonical.digest> bytes{};
    std::ranges::copy(canonical.digest, bytes.begin());
    return {bytes.data(), bytes.size()};
}

/// SQLite has signed numbers.
std::int64_t number(std::uint64_t count) { return static_cast<std::int64_t>(count); }

/// A database with the tables, so that statements about them can be made.
Database made(const std::string &path, const About &about)
{
    Database database(path, Database::Mode::Create);
    // A commit waits for no disk: what the system has taken survives the death of the program.
    database.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; BEGIN");
    database.run(("PRAGMA application_id = " + std::to_string(applicationId)
                  + "; PRAGMA user_version = " + std::to_string(formatVersion))
                     .c_str());
    database.run(schema);
    Statement insert(database, "INSERT INTO about VALUES (?, ?)");
    insert.bind("program").bind(about.program).runOnce();
    insert.bind("workspace").bind(about.workspace).runOnce();
    insert.bind("started").bind(about.started).runOnce();
    insert.bind("readableFrom").bind(oldestReadable).runOnce();
    database.run("COMMIT");
    return database;
}

} // namespace

SessionWriter::SessionWriter(std::string path, const About &about, Limits limits)
    : m_path(std::move(path)), m_limits(limits), m_database(made(m_path, about)),
      m_insertChunk(m_database, "INSERT OR REPLACE INTO chunk VALUES (?, ?, ?, ?, ?, ?)"),
      m_insertReading(m_database, "INSERT INTO reading VALUES (?, ?, ?, ?, ?)"),
      m_findSource(m_database, "SELECT id FROM source WHERE hash = ?"),
      m_insertSource(m_database, "INSERT INTO source (hash, base, size, text) VALUES (?, ?, ?, ?) RETURNING id"),
      m_insertMessage(m_database, "INSERT INTO message (batch, at, direction, body) VALUES (?, ?, ?, ?)"),
      m_insertCounter(m_database, "INSERT OR REPLACE INTO counter VALUES (?, ?, ?, ?, ?, ?, ?)")
{
}

std::optional<std::string> SessionWriter::fault() const
{
    if (m_database.isGood())
        return std::nullopt;
    return "The session is not recorded any more in " + sentenceAbout(m_path, *m_database.fault());
}

void SessionWriter::begin()
{
    if (!std::exchange(m_isWriting, true))
        m_database.run("BEGIN IMMEDIATE");
}

void SessionWriter::add(const trace::Batch &batch)
{
    if (!m_database.isGood())
        return;
    begin();
    if (m_chunk.empty())
        m_firstRevision = batch.revision;
    m_lastRevision = batch.revision;
    ++m_last;
    addTexts(batch);
    if (batch.texts.empty()) {
        appendTo(m_chunk, batch);
    } else {
        trace::Batch rest = batch;
        rest.texts.clear();
        appendTo(m_chunk, rest);
    }
    m_kinds = batch.kinds;
    if (m_chunk.size() >= m_limits.chunkBytes)
        startChunk();
}

void SessionWriter::add(const Message &message)
{
    begin();
    m_insertMessage.bind(m_last)
        .bind(message.at)
        .bind(message.isFromClient ? "from client" : "from server")
        .bind(message.body)
        .runOnce();
}

void SessionWriter::addTexts(const trace::Batch &batch)
{
    std::int64_t place = 0;
    for (const trace::TextRecord &text : batch.texts) {
        const std::int64_t source = sourceOf(text.path, text.text);
        m_insertReading.bind(m_last).bind(place++).bind(text.path).bind(std::int64_t{text.revision}).bind(source);
        m_insertReading.runOnce();
    }
}

/// The number of a text, which is written if it is a new one.
std::int64_t SessionWriter::sourceOf(const std::string &path, const std::shared_ptr<const std::string> &text)
{
    const std::string hash = hashOf(*text);
    m_findSource.bindBytes(hash);
    const std::int64_t found = m_findSource.step() ? m_findSource.number(0) : 0;
    m_findSource.rewind();
    if (found != 0)
        return found;
    const auto base = m_bases.find(path);
    std::string packed = base == m_bases.end() ? std::string() : compress(*text, *base->second.text);
    const bool isDifference = !packed.empty() && packed.size() < text->size() / worthwhile;
    m_insertSource.bindBytes(hash);
    if (isDifference)
        m_insertSource.bind(base->second.source);
    else
        m_insertSource.bindNothing();
    m_insertSource.bind(number(text->size())).bindBytes(isDifference ? packed : compress(*text));
    const std::int64_t source = m_insertSource.step() ? m_insertSource.number(0) : 0;
    m_insertSource.rewind();
    if (!isDifference)
        m_bases[path] = {source, text};
    return source;
}

void SessionWriter::writeChunk()
{
    if (m_chunk.empty())
        return;
    m_insertChunk.bind(m_first).bind(m_last).bind(std::int64_t{m_firstRevision}).bind(std::int64_t{m_lastRevision});
    m_insertChunk.bind(number(m_chunk.size())).bindBytes(compress(m_chunk)).runOnce();
}

void SessionWriter::startChunk()
{
    writeChunk();
    m_chunk.clear();
    m_first = m_last + 1;
}

void SessionWriter::writeCounters()
{
    for (const trace::KindTotal &total : m_kinds) {
        const trace::Counters &counters = total.counters;
        m_insertCounter.bind(total.kind).bind(number(total.memos)).bind(number(counters.hits));
        m_insertCounter.bind(number(counters.executed)).bind(number(counters.backdated));
        m_insertCounter.bind(number(counters.validated())).bind(number(counters.cancelled)).runOnce();
    }
}

void SessionWriter::commit()
{
    if (!m_isWriting)
        return;
    writeChunk();
    writeCounters();
    m_database.run("COMMIT");
    m_isWriting = false;
    thin();
}

void SessionWriter::end()
{
    commit();
    m_database.run("PRAGMA journal_mode = DELETE");
}

std::uint64_t SessionWriter::usedBytes()
{
    const std::int64_t pages = m_database.number("PRAGMA page_count") - m_database.number("PRAGMA freelist_count");
    return static_cast<std::uint64_t>(pages * m_database.number("PRAGMA page_size"));
}

/// Drops the oldest chunks until the file has room again; what is free in it is used for what comes.
void SessionWriter::thin()
{
    if (!m_database.isGood() || usedBytes() <= m_limits.bytes)
        return;
    startChunk();
    m_database.run("BEGIN IMMEDIATE");
    while (m_database.isGood() && usedBytes() > m_limits.bytes / eighths * keptEighths) {
        const std::int64_t chunks = m_database.number("SELECT count(*) FROM chunk");
        if (chunks < 2)
            break;
        const std::string nth = "SELECT last FROM chunk ORDER BY first LIMIT 1 OFFSET "
            + std::to_string(std::max<std::int64_t>(chunks / number(eighths), 2) - 1);
        foldUntil(m_database.number(nth.c_str()));
    }
    m_database.run("COMMIT");
    m_bases.clear(); // they may be gone
}

/// Puts what is left of the batches up to this one, what everything is called and how it stood then, in their place.
void SessionWriter::foldUntil(std::int64_t last)
{
    Fold fold;
    Statement chunks(m_database, "SELECT size, batches FROM chunk WHERE last <= ? ORDER BY first");
    chunks.bind(last);
    while (chunks.step()) {
        const auto unpacked = decompress(chunks.bytes(1), static_cast<std::size_t>(chunks.number(0)));
        std::string_view rest = unpacked ? std::string_view(*unpacked) : std::string_view();
        while (!rest.empty()) {
            if (auto batch = trace::decode(takeFrom(rest)))
                fold.add(*std::move(batch));
        }
    }
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> texts; // by path: revision and source of the last
    Statement readings(m_database, "SELECT path, revision, source FROM reading WHERE batch <= ? ORDER BY batch, place");
    readings.bind(last);
    while (readings.step())
        texts[std::string(readings.bytes(0))] = {readings.number(1), readings.number(2)};
    for (const char *sql : {"DELETE FROM chunk WHERE last <= ?", "DELETE FROM reading WHERE batch <= ?",
                            "DELETE FROM message WHERE batch < ?"})
        Statement(m_database, sql).bind(last).runOnce();
    std::int64_t place = 0;
    for (const auto &[path, text] : texts)
        m_insertReading.bind(last).bind(place++).bind(path).bind(text.first).bind(text.second).runOnce();
    const trace::Batch base = fold.take();
    std::string chunk;
    appendTo(chunk, base);
    m_insertChunk.bind(last).bind(last).bind(std::int64_t{base.revision}).bind(std::int64_t{base.revision});
    m_insertChunk.bind(number(chunk.size())).bindBytes(compress(chunk)).runOnce();
    m_database.run("DELETE FROM source WHERE id NOT IN (SELECT source FROM reading) AND id NOT IN ("
                   "SELECT base FROM source WHERE base IS NOT NULL AND id IN (SELECT source FROM reading))");
}

std::expected<void, std::string> copySession(const std::string &from, const std::string &to)
{
    std::error_code code;
    if (std::filesystem::equivalent(from, to, code))
        return {};
    const std::string part = to + ".part";
    std::filesystem::remove(part, code);
    Database database(from, Database::Mode::Read);
    Statement(database, "VACUUM INTO ?").bind(part).runOnce();
    if (!database.isGood())
        return std::unexpected(sentenceAbout(to, *database.fault()));
    std::filesystem::rename(part, to, code);
    if (code)
        return std::unexpected(sentenceAbout(to, code.message()));
    return {};
}

} // namespace nuages::recording
