#pragma once

#include "lsp/protocol/json.h"

#include <boost/describe/class.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <optional>
#include <string>

/// The part of LSP 3.18 that this server speaks, under the specification's own names; one header for each area.
///
/// Members that the server neither reads nor writes are left out; a test holds every other one against the protocol's
/// model. Line and character are as wide as JSON's integers, because a client may send any number: what does not fit
/// the text is bent by lsp/server, never refused.
namespace nuages::protocol {

/// Both count from 0; what a character is was agreed on at initialize.
struct Position {
    std::int64_t line = 0;
    std::int64_t character = 0;

    friend bool operator==(const Position &, const Position &) = default;
};
BOOST_DESCRIBE_STRUCT(Position, (), (line, character))

/// Half-open.
struct Range {
    Position start;
    Position end;

    friend bool operator==(const Range &, const Range &) = default;
};
BOOST_DESCRIBE_STRUCT(Range, (), (start, end))

struct Location {
    std::string uri;
    Range range;

    friend bool operator==(const Location &, const Location &) = default;
};
BOOST_DESCRIBE_STRUCT(Location, (), (uri, range))

struct LocationLink {
    std::optional<Range> originSelectionRange;
    std::string targetUri;
    Range targetRange;
    Range targetSelectionRange;

    friend bool operator==(const LocationLink &, const LocationLink &) = default;
};
BOOST_DESCRIBE_STRUCT(LocationLink, (), (originSelectionRange, targetUri, targetRange, targetSelectionRange))

struct TextDocumentIdentifier {
    std::string uri;

    friend bool operator==(const TextDocumentIdentifier &, const TextDocumentIdentifier &) = default;
};
BOOST_DESCRIBE_STRUCT(TextDocumentIdentifier, (), (uri))

/// The number that a client gives a text. The protocol wants an integer of 32 bits; some clients send null, none or a
/// larger one, and mean the change that comes with it all the same.
using DocumentVersion = std::optional<boost::json::value>;

struct VersionedTextDocumentIdentifier {
    std::string uri;
    DocumentVersion version;

    friend bool operator==(const VersionedTextDocumentIdentifier &, const VersionedTextDocumentIdentifier &) = default;
};
BOOST_DESCRIBE_STRUCT(VersionedTextDocumentIdentifier, (), (uri, version))

struct TextDocumentItem {
    std::string uri;
    std::string languageId;
    DocumentVersion version;
    std::string text;

    friend bool operator==(const TextDocumentItem &, const TextDocumentItem &) = default;
};
BOOST_DESCRIBE_STRUCT(TextDocumentItem, (), (uri, languageId, version, text))

struct TextDocumentPositionParams {
    TextDocumentIdentifier textDocument;
    Position position;

    friend bool operator==(const TextDocumentPositionParams &, const TextDocumentPositionParams &) = default;
};
BOOST_DESCRIBE_STRUCT(TextDocumentPositionParams, (), (textDocument, position))

/// The params of every request about a whole document, as far as they are alike.
struct AboutDocument {
    TextDocumentIdentifier textDocument;

    friend bool operator==(const AboutDocument &, const AboutDocument &) = default;
};
BOOST_DESCRIBE_STRUCT(AboutDocument, (), (textDocument))

} // namespace nuages::protocol
