#include "engine/recording/format.h"

#include <algorithm>
#include <array>
#include <limits>

namespace nuages::recording {

// A batch has a place of its own, from 1 without gaps; so that a message or a text knows after which one it came.
const char *const schema = R"sql(
CREATE TABLE about (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE chunk (
    first INTEGER PRIMARY KEY, last INTEGER NOT NULL, firstRevision INTEGER NOT NULL, lastRevision INTEGER NOT NULL,
    size INTEGER NOT NULL, batches BLOB NOT NULL);
CREATE TABLE source (
    id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, base INTEGER, size INTEGER NOT NULL, text BLOB NOT NULL);
CREATE TABLE reading (
    batch INTEGER NOT NULL, place INTEGER NOT NULL, path TEXT NOT NULL, revision INTEGER NOT NULL,
    source INTEGER NOT NULL, PRIMARY KEY (batch, place)) WITHOUT ROWID;
CREATE TABLE message (
    id INTEGER PRIMARY KEY, batch INTEGER NOT NULL, at INTEGER NOT NULL, direction TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE counter (
    kind TEXT PRIMARY KEY, memos INTEGER NOT NULL, hits INTEGER NOT NULL, executed INTEGER NOT NULL,
    backdated INTEGER NOT NULL, validated INTEGER NOT NULL, cancelled INTEGER NOT NULL) WITHOUT ROWID;
)sql";

namespace {

constexpr std::size_t lengthBytes = 4;
constexpr unsigned bitsOfByte = 8;

} // namespace

void appendTo(std::string &chunk, const trace::Batch &batch)
{
    const std::string bytes = trace::encode(batch);
    for (std::size_t at = 0; at < lengthBytes; ++at)
        chunk.push_back(static_cast<char>(bytes.size() >> (at * bitsOfByte)));
    chunk += bytes;
}

std::string_view takeFrom(std::string_view &chunk)
{
    if (chunk.size() < lengthBytes)
        return {};
    std::size_t size = 0;
    for (std::size_t at = 0; at < lengthBytes; ++at)
        size |= std::size_t{static_cast<unsigned char>(chunk[at])} << (at * bitsOfByte);
    const std::string_view bytes = chunk.substr(lengthBytes, size);
    chunk.remove_prefix(std::min(chunk.size(), lengthBytes + size));
    return bytes.size() == size ? bytes : std::string_view();
}

std::string sentenceAbout(std::string_view path, std::string_view fault)
{
    return std::string(path) + ": " + std::string(fault);
}

} // namespace nuages::recording
