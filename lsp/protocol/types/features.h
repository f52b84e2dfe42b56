#pragma once

#include "lsp/protocol/types/basic.h"

#include <boost/describe/class.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

// Completion, hover and symbols.
namespace nuages::protocol {

struct TextEdit {
    Range range;
    std::string newText;

    friend bool operator==(const TextEdit &, const TextEdit &) = default;
};
BOOST_DESCRIBE_STRUCT(TextEdit, (), (range, newText))

/// `insert` is the begin of `replace`; the client's user chooses between them.
struct InsertReplaceEdit {
    std::string newText;
    Range insert;
    Range replace;

    friend bool operator==(const InsertReplaceEdit &, const InsertReplaceEdit &) = default;
};
BOOST_DESCRIBE_STRUCT(InsertReplaceEdit, (), (newText, insert, replace))

struct MarkupContent {
    std::string kind; ///< "plaintext" or "markdown".
    std::string value;

    friend bool operator==(const MarkupContent &, const MarkupContent &) = default;
};
BOOST_DESCRIBE_STRUCT(MarkupContent, (), (kind, value))

struct CompletionContext {
    std::int32_t triggerKind = 0;
    std::optional<std::string> triggerCharacter;

    friend bool operator==(const CompletionContext &, const CompletionContext &) = default;
};
BOOST_DESCRIBE_STRUCT(CompletionContext, (), (triggerKind, triggerCharacter))

struct CompletionParams {
    TextDocumentIdentifier textDocument;
    Position position;
    std::optional<CompletionContext> context;

    friend bool operator==(const CompletionParams &, const CompletionParams &) = default;
};
BOOST_DESCRIBE_STRUCT(CompletionParams, (), (textDocument, position, context))

enum class CompletionItemKind : std::uint8_t {
    Text = 1,
    Method = 2,
    Function = 3,
    Variable = 6,
    Module = 9,
    Property = 10,
    Keyword = 14,
    Snippet = 15,
    File = 17,
    Reference = 18,
    Folder = 19,
};

enum class InsertTextFormat : std::uint8_t { PlainText = 1, Snippet = 2 };

struct CompletionItemLabelDetails {
    std::optional<std::string> detail;
    std::optional<std::string> description;

    friend bool operator==(const CompletionItemLabelDetails &, const CompletionItemLabelDetails &) = default;
};
BOOST_DESCRIBE_STRUCT(CompletionItemLabelDetails, (), (detail, description))

struct CompletionItem {
    std::string label;
    std::optional<CompletionItemLabelDetails> labelDetails;
    std::optional<CompletionItemKind> kind;
    std::optional<std::string> detail;
    std::optional<MarkupContent> documentation;
    std::optional<std::string> sortText;
    std::optional<std::string> filterText;
    std::optional<InsertTextFormat> insertTextFormat;
    std::optional<std::variant<TextEdit, InsertReplaceEdit>> textEdit;
    std::optional<std::string> textEditText; ///< What is put into the range that the list names, if not the label.
    std::optional<std::vector<TextEdit>> additionalTextEdits;
    std::optional<boost::json::value> data; ///< What completionItem/resolve brings back.

    friend bool operator==(const CompletionItem &, const CompletionItem &) = default;
};
BOOST_DESCRIBE_STRUCT(CompletionItem, (),
                      (label, labelDetails, kind, detail, documentation, sortText, filterText, insertTextFormat,
                       textEdit, textEditText, additionalTextEdits, data))

struct EditRangeWithInsertReplace {
    Range insert;
    Range replace;

    friend bool operator==(const EditRangeWithInsertReplace &, const EditRangeWithInsertReplace &) = default;
};
BOOST_DESCRIBE_STRUCT(EditRangeWithInsertReplace, (), (insert, replace))

/// What the items of a list have that do not say otherwise.
struct CompletionItemDefaults {
    std::optional<std::variant<Range, EditRangeWithInsertReplace>> editRange;
    std::optional<boost::json::value> data;

    friend bool operator==(const CompletionItemDefaults &, const CompletionItemDefaults &) = default;
};
BOOST_DESCRIBE_STRUCT(CompletionItemDefaults, (), (editRange, data))

struct CompletionList {
    bool isIncomplete = false;
    std::optional<CompletionItemDefaults> itemDefaults;
    std::vector<CompletionItem> items;

    friend bool operator==(const CompletionList &, const CompletionList &) = default;
};
BOOST_DESCRIBE_STRUCT(CompletionList, (), (isIncomplete, itemDefaults, items))

struct Hover {
    MarkupContent contents;
    std::optional<Range> range;

    friend bool operator==(const Hover &, const Hover &) = default;
};
BOOST_DESCRIBE_STRUCT(Hover, (), (contents, range))

struct DocumentSymbolParams {
    TextDocumentIdentifier textDocument;

    friend bool operator==(const DocumentSymbolParams &, const DocumentSymbolParams &) = default;
};
BOOST_DESCRIBE_STRUCT(DocumentSymbolParams, (), (textDocument))

enum class SymbolKind : std::uint8_t {
    File = 1,
    Module = 2,
    Namespace = 3,
    Class = 5,
    Method = 6,
    Property = 7,
    Field = 8,
    Function = 12,
    Variable = 13,
    Key = 20,
    Struct = 23,
    Event = 24,
};

/// What an outline shows: a block, a loop, an included template. Children lie inside the range of their parent.
struct DocumentSymbol {
    std::string name;
    std::optional<std::string> detail;
    SymbolKind kind = SymbolKind::Key;
    Range range;
    Range selectionRange; ///< Inside `range`.
    std::optional<std::vector<DocumentSymbol>> children;

    friend bool operator==(const DocumentSymbol &, const DocumentSymbol &) = default;
};
BOOST_DESCRIBE_STRUCT(DocumentSymbol, (), (name, detail, kind, range, selectionRange, children))

} // namespace nuages::protocol
