#pragma once

#include "lsp/protocol/types/documents.h"
#include "lsp/server/document.h"
#include "lsp/server/history.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace nuages::server {

/// A document as the client last described it.
struct OpenDocument {
    std::uint64_t instance = 0; ///< Tells two openings of one path apart.
    History::Moment openedAt = 0;
    std::string uri; ///< As the client spells it.
    std::optional<std::int32_t> version; ///< Nullopt if the client gave none that the protocol knows.
    History history;
    bool isTemplate = true; ///< False for Python: its text counts for the project, and it is asked about in vain.
    bool isSuspect = false; ///< An edit had to be bent to fit: the client's text may differ until it is sent again.
};

/// The open documents, by the path under which queries know them. Owner thread.
///
/// A document of another scheme than `file:` lives under a path of its own on which no file can be.
class Documents
{
public:
    using Moment = History::Moment;

    /// `remark` is told, in a sentence for the client's log, of each message that the protocol does not foresee.
    explicit Documents(std::function<void(const std::string &)> remark) : m_remark(std::move(remark)) { }

    /// The absolute path for a URI of any scheme; nullopt for an empty one.
    static std::optional<std::string> pathOf(std::string_view uri);

    /// Opens or opens again; returns its path, or nullopt if the URI is empty.
    std::optional<std::string> open(const protocol::TextDocumentItem &item, Moment moment);

    /// Applies a didChange, whatever its version; returns the path, or nullopt if no such document is open: then the
    /// change is skipped, as there is no text it could apply to.
    std::optional<std::string> change(const protocol::DidChangeTextDocumentParams &params, PositionEncoding encoding,
                                      Moment moment);

    /// Compares the text that the client saved with ours, and takes the client's; returns the path if they differed.
    std::optional<std::string> save(const protocol::DidSaveTextDocumentParams &params, Moment moment);

    /// Closes; returns what was open, or nullopt.
    std::optional<OpenDocument> close(const protocol::DidCloseTextDocumentParams &params);

    const OpenDocument *find(std::string_view path) const;
    const std::map<std::string, OpenDocument, std::less<>> &all() const { return m_documents; }

    /// How often a client's text was found to differ from ours. 0 in a healthy session.
    std::uint64_t repairCount() const { return m_repairs; }

    /// Drops the texts that nothing speaks of which began at `oldest` or later.
    void forget(Moment oldest);

private:
    OpenDocument *find(std::string_view uri, std::optional<std::string> &path);

    std::function<void(const std::string &)> m_remark;
    std::map<std::string, OpenDocument, std::less<>> m_documents;
    std::uint64_t m_lastInstance = 0;
    std::uint64_t m_repairs = 0;
};

} // namespace nuages::server
