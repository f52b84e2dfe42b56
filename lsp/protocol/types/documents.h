#pragma once

#include "lsp/protocol/types/basic.h"

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// Open documents and files that changed on disk.
namespace nuages::protocol {

struct DidOpenTextDocumentParams {
    TextDocumentItem textDocument;

    friend bool operator==(const DidOpenTextDocumentParams &, const DidOpenTextDocumentParams &) = default;
};
BOOST_DESCRIBE_STRUCT(DidOpenTextDocumentParams, (), (textDocument))

struct TextDocumentContentChangeEvent {
    std::optional<Range> range; ///< Missing: the text replaces everything.
    std::string text;

    friend bool operator==(const TextDocumentContentChangeEvent &, const TextDocumentContentChangeEvent &) = default;
};
BOOST_DESCRIBE_STRUCT(TextDocumentContentChangeEvent, (), (range, text))

struct DidChangeTextDocumentParams {
    VersionedTextDocumentIdentifier textDocument;
    std::vector<TextDocumentContentChangeEvent> contentChanges;

    friend bool operator==(const DidChangeTextDocumentParams &, const DidChangeTextDocumentParams &) = default;
};
BOOST_DESCRIBE_STRUCT(DidChangeTextDocumentParams, (), (textDocument, contentChanges))

struct DidSaveTextDocumentParams {
    TextDocumentIdentifier textDocument;
    std::optional<std::string> text;

    friend bool operator==(const DidSaveTextDocumentParams &, const DidSaveTextDocumentParams &) = default;
};
BOOST_DESCRIBE_STRUCT(DidSaveTextDocumentParams, (), (textDocument, text))

struct DidCloseTextDocumentParams {
    TextDocumentIdentifier textDocument;

    friend bool operator==(const DidCloseTextDocumentParams &, const DidCloseTextDocumentParams &) = default;
};
BOOST_DESCRIBE_STRUCT(DidCloseTextDocumentParams, (), (textDocument))

enum class FileChangeType : std::uint8_t { Created = 1, Changed = 2, Deleted = 3 };

struct FileEvent {
    std::string uri;
    FileChangeType type;

    friend bool operator==(const FileEvent &, const FileEvent &) = default;
};
BOOST_DESCRIBE_STRUCT(FileEvent, (), (uri, type))

struct DidChangeWatchedFilesParams {
    std::vector<FileEvent> changes;

    friend bool operator==(const DidChangeWatchedFilesParams &, const DidChangeWatchedFilesParams &) = default;
};
BOOST_DESCRIBE_STRUCT(DidChangeWatchedFilesParams, (), (changes))

} // namespace nuages::protocol
