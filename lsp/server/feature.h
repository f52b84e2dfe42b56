#pragma once

#include "engine/project/project.h"
#include "engine/query/engine.h"
#include "lsp/server/coordinates.h"

#include <boost/json/value.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::server {

/// What the client can show, as far as answers depend on it.
struct ClientTraits {
    PositionEncoding encoding = PositionEncoding::Utf16;
    bool prefersMarkdown = false; ///< In hover.
    bool documentsInMarkdown = false; ///< The documentation of a completion.
    bool takesSnippets = false; ///< A completion may have tab stops.
    bool takesInsertReplace = false; ///< It lets its user choose whether the rest of a word is replaced.
    bool takesDefaultRange = false; ///< A list of completions may say once what all of them replace.
    bool takesDefaultData = false; ///< Likewise, what they bring back.
    bool takesLabelDetails = false; ///< It shows more beside a completion's label.
    bool takesLinks = false; ///< LocationLink for a definition.
    bool takesSymbolTree = false;
    bool takesRelatedInformation = false;
    bool takesVersions = false; ///< Of published diagnostics.
    bool registersWatchers = false; ///< It can be asked to tell of changes of files.
    bool hasConfiguration = false; ///< It can be asked for its settings.
    bool showsProgress = false; ///< Of work that nobody asked for.
    bool pulls = false; ///< It pulls diagnostics and can be told to pull again, so none are pushed.

    friend bool operator==(const ClientTraits &, const ClientTraits &) = default;
};

/// What is asked about a document that is not open: the text is the disk's, and known when the answer is found.
struct ClosedDocument {
    protocol::Position position; ///< As the client has it; of a request about the whole document its begin.
    PositionEncoding encoding = PositionEncoding::Utf16;
};

/// What a request wants to know, in the terms of the queries.
struct Question {
    project::Given given;
    std::string path; ///< Absolute, of the document the request is about; empty if it is about none.
    std::vector<std::string> paths; ///< Of all open documents, for work that is about no single one.

    /// The document as the client had sent it when it asked. The queries may know a later text by the time the answer
    /// is found; what an answer says of this document comes from here, so that no edit can make it wrong.
    source::Text text;
    std::optional<ClosedDocument> closed; ///< The document was not open; `text` and `offset` follow.

    ClientTraits client; ///< For an answer that is better written down where it is found.
    std::uint32_t offset = 0; ///< Byte in `text`; 0 for a request about the whole document.
    boost::json::value params; ///< Of the request, for what else it says.
};

/// Writes an answer down for the client. It owns all that it needs: the reader that found it is closed. Runs on the
/// owner thread: once, or of diagnostics perhaps twice. Null is the protocol's word for "nothing here".
using Encode = std::move_only_function<boost::json::value(const Coordinates &, const ClientTraits &)>;

/// Finds an answer. On a pool thread; may throw what a Reader throws.
using Find = Encode (*)(query::Reader &db, const Question &question);

/// One request that is answered from queries.
struct Feature {
    std::string_view method;
    query::Urgency urgency = query::Urgency::Latency;
    bool atPosition = false; ///< Its params are TextDocumentPositionParams and more.
    Find find = nullptr;
    boost::json::value (*nothing)() = nullptr; ///< The answer about a document that is no template; none: null.
    bool resolves = false; ///< Its params are an item of an earlier answer, whose `data` has the document's URI.
};

/// Something that a user may have the server do by workspace/executeCommand, beside answering: whoever hosts it offers
/// it.
struct Command {
    std::string name;
    std::function<void()> run; ///< On the owner thread; must not wait.
};

/// All of them; lasts for ever.
std::span<const Feature> features();

} // namespace nuages::server
